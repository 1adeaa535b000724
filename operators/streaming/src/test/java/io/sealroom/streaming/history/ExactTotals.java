package io.sealroom.streaming.history;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.streaming.admit.AdmitFunction;
import io.sealroom.streaming.attribute.AttributeFunction;
import io.sealroom.streaming.attribute.SlotsAttributeFunction;
import io.sealroom.streaming.flow.AdmittedConversion;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.ConversionKey;
import io.sealroom.streaming.flow.Probe;
import io.sealroom.streaming.flow.TokenKey;
import io.sealroom.streaming.flow.TotalKey;
import io.sealroom.streaming.match.MatchFunction;
import io.sealroom.streaming.match.ProbedMatchFunction;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.jspecify.annotations.Nullable;

/**
 * The stages from admit, which only K = 1 has, to attribute, one subtask each; what they give is
 * added up by row.
 */
public final class ExactTotals implements AutoCloseable {

    private final Operators operators;
    private final String policyJson;
    private final OperatorInstance<Contribution> attribute;
    private final OperatorInstance<Contribution> match;

    /** Null with K = 0. */
    private final @Nullable OperatorInstance<Probe> admit;

    private Map<TotalKey, BigInteger> totals = new HashMap<>();

    public ExactTotals(Policy policy, Environments environments) throws Exception {
        operators = new Operators(1, new Restore(null, 1), environments);
        policyJson = policy.canonicalJson();
        boolean looksBack = policy.lookbackEpochs() == 1;
        attribute = looksBack ? slotsAttribute() : attribute();
        match = looksBack ? probedMatch() : match();
        admit = looksBack ? admit() : null;
    }

    private OperatorInstance<Contribution> attribute() throws Exception {
        return operators.chained(
                "attribute",
                0,
                new ProcessOperator<>(new AttributeFunction(policyJson)),
                new RoutingOutput<>(this::sum, null, value -> {}, mark -> {}));
    }

    private OperatorInstance<Contribution> slotsAttribute() throws Exception {
        return operators.keyed(
                "attribute",
                0,
                new KeyedProcessOperator<>(new SlotsAttributeFunction(policyJson)),
                new RoutingOutput<>(this::sum, null, value -> {}, mark -> {}),
                TypeInformation.of(ConversionKey.class),
                List.of(StageKeys::conversion));
    }

    private OperatorInstance<Contribution> match() throws Exception {
        return operators.keyed(
                "match",
                0,
                new KeyedProcessOperator<>(new MatchFunction(policyJson)),
                toAttribute(),
                TypeInformation.of(TokenKey.class),
                List.of(StageKeys::token));
    }

    private OperatorInstance<Contribution> probedMatch() throws Exception {
        return operators.keyed(
                "match",
                0,
                new KeyedCoProcessOperator<>(new ProbedMatchFunction(policyJson)),
                toAttribute(),
                TypeInformation.of(TokenKey.class),
                List.of(StageKeys::token, StageKeys::probedToken));
    }

    private OperatorInstance<Probe> admit() throws Exception {
        return operators.keyed(
                "admit",
                0,
                new KeyedProcessOperator<>(new AdmitFunction(policyJson)),
                new RoutingOutput<>(
                        probe -> Operators.run(() -> match.process(1, probe)),
                        AdmitFunction.CUTS,
                        this::sum,
                        mark -> advance(match, 1, mark)),
                TypeInformation.of(TokenKey.class),
                List.of(StageKeys::ownToken));
    }

    private RoutingOutput<Contribution> toAttribute() {
        return new RoutingOutput<>(
                this::sum,
                MatchFunction.CONVERSIONS,
                conversion -> Operators.run(() -> attribute.process(0, conversion)),
                mark -> advance(attribute, 0, mark));
    }

    private static void advance(OperatorInstance<?> next, int input, Watermark mark) {
        Operators.run(() -> next.watermark(input, mark.getTimestamp()));
    }

    private void sum(Object contribution) {
        totals.merge(
                StageKeys.row(contribution),
                BigInteger.valueOf(((Contribution) contribution).amount()),
                BigInteger::add);
    }

    /** An event without an older slot. */
    public void add(AdmittedEvent event) throws Exception {
        add(event, null);
    }

    /**
     * An event.
     *
     * @param older slot 1 of a conversion; null for none
     */
    public void add(AdmittedEvent event, @Nullable TokenKey older) throws Exception {
        if (admit != null && !event.kind().isExposure()) {
            admit.process(0, new AdmittedConversion(event, older));
        } else {
            match.process(0, event);
        }
    }

    /** Nothing before {@code time} is still to come: what was added up since the last call. */
    public Map<TotalKey, BigInteger> completeTo(long time) throws Exception {
        match.watermark(0, time - 1);
        if (admit != null) {
            admit.watermark(0, time - 1);
        }
        Map<TotalKey, BigInteger> complete = totals;
        totals = new HashMap<>();
        return complete;
    }

    /** Entries of state and timers that are left. */
    public int remembered() {
        return match.remembered()
                + attribute.remembered()
                + (admit == null ? 0 : admit.remembered());
    }

    @Override
    public void close() {
        if (admit != null) {
            Operators.run(admit::close);
        }
        Operators.run(match::close);
        Operators.run(attribute::close);
    }
}
