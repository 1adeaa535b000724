package io.sealroom.streaming.attribute;

import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.ConversionKey;
import io.sealroom.streaming.flow.MatchedConversion;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Key: conversion. In: admitted conversions with their candidate touches. Out: what each adds to
 * the count and value rows of the window that holds the conversion.
 *
 * <p>With K = 0 a conversion has one token, so its candidates are complete when they come, and the
 * stage needs no state and no timer. Late and repeated ones cannot be told here: the match stage
 * gives each conversion once, before the watermark passes it, and the totals stage fails the job
 * for a late contribution.
 */
public final class AttributeFunction
        extends KeyedProcessFunction<ConversionKey, MatchedConversion, Contribution> {

    private static final long serialVersionUID = 1;

    /** By position of the query; null for queries of another type. */
    private transient List<@Nullable CreditRows> rows;

    private final String policyJson;

    /**
     * @param policyJson {@link Policy#canonicalJson}
     */
    @SuppressWarnings("NullAway.Init") // Rows are made in open.
    public AttributeFunction(String policyJson) {
        this.policyJson = policyJson;
    }

    @Override
    public void open(OpenContext context) {
        Policy policy = Policy.fromCanonicalJson(policyJson);
        rows = new ArrayList<>();
        for (Query query : policy.queries()) {
            rows.add(
                    query instanceof AttributionQuery attribution
                            ? new CreditRows(policy, attribution)
                            : null);
        }
    }

    @Override
    public void processElement(
            MatchedConversion conversion, Context context, Collector<Contribution> out) {
        Objects.requireNonNull(rows.get(conversion.query()), "an attribution query")
                .credit(conversion, out::collect);
    }
}
