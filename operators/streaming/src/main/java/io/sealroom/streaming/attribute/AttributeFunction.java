package io.sealroom.streaming.attribute;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.MatchedConversion;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The attribute stage of a room whose conversions have one token (K = 0). In: admitted conversions
 * with their candidate touches. Out: what each adds, in every query that admitted it, to the count
 * and value rows of the window that holds the conversion.
 *
 * <p>Candidates are complete when they come, so the stage needs no key, no state and no timer, and
 * is chained to the one before. Late and repeated ones cannot be told here: the match stage gives
 * each conversion once, before the watermark passes it, and the totals stage fails the job for a
 * late contribution.
 */
public final class AttributeFunction extends ProcessFunction<MatchedConversion, Contribution> {

    private static final long serialVersionUID = 1;

    private transient PolicyCredits credits;

    private final String policyJson;

    /**
     * @param policyJson {@link Policy#canonicalJson}
     */
    @SuppressWarnings("NullAway.Init") // Credits are made in open.
    public AttributeFunction(String policyJson) {
        this.policyJson = policyJson;
    }

    @Override
    public void open(OpenContext context) {
        credits = new PolicyCredits(Policy.fromCanonicalJson(policyJson));
    }

    @Override
    public void processElement(
            MatchedConversion conversion, Context context, Collector<Contribution> out) {
        credits.credit(List.of(conversion), out::collect);
    }
}
