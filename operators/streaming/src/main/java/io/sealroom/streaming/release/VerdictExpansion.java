package io.sealroom.streaming.release;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.streaming.flow.Verdict;
import io.sealroom.streaming.flow.WindowVerdict;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * In: verdicts. Out: one for every (query, window) that the verdict's slices touch; only so do
 * windows without events come to be released. No state, and no order: a window takes verdicts as
 * they come.
 *
 * <p>The bytes of a seal go only where its totals are judged: to the windows that partition 0
 * closes with it.
 */
public final class VerdictExpansion implements FlatMapFunction<Verdict, WindowVerdict> {

    private static final long serialVersionUID = 1;
    private static final byte[] NO_SEAL = {};

    private final long[] windowMillis;

    /**
     * @param windowMillis window length of every query, in policy order
     */
    public VerdictExpansion(long[] windowMillis) {
        this.windowMillis = windowMillis.clone();
    }

    /** For the queries of a policy. */
    public static VerdictExpansion of(Policy policy) {
        return new VerdictExpansion(
                policy.queries().stream().mapToLong(Query::windowMillis).toArray());
    }

    @Override
    public void flatMap(Verdict verdict, Collector<WindowVerdict> out) {
        Verdict bare =
                new Verdict(
                        verdict.partner(),
                        verdict.partition(),
                        verdict.from(),
                        verdict.to(),
                        verdict.count(),
                        verdict.head(),
                        verdict.reanchor(),
                        NO_SEAL);
        for (int query = 0; query < windowMillis.length; query++) {
            long length = windowMillis[query];
            long start = Math.floorDiv(verdict.from(), length) * length;
            for (; start < verdict.to(); start += length) {
                boolean closes = verdict.partition() == 0 && start + length == verdict.to();
                out.collect(new WindowVerdict(query, start, closes ? verdict : bare));
            }
        }
    }
}
