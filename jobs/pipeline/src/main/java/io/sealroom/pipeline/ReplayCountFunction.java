package io.sealroom.pipeline;

import io.sealroom.schemas.record.Reject;
import io.sealroom.schemas.record.RejectReason;
import io.sealroom.streaming.flow.SourceRecord;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * In: what a partner's source gives. Out: the same, counted in accumulators, which outlive the
 * replay. No state.
 */
final class ReplayCountFunction extends RichMapFunction<SourceRecord, SourceRecord> {

    private static final long serialVersionUID = 1;
    private static final String EVENTS = "/events";
    private static final String SEALS = "/seals";
    private static final String REJECTS = "/rejects/";

    private final String partner;
    private final LongCounter events = new LongCounter();
    private final LongCounter seals = new LongCounter();
    private final EnumMap<RejectReason, LongCounter> rejects = new EnumMap<>(RejectReason.class);

    ReplayCountFunction(String partner) {
        this.partner = partner;
        for (RejectReason reason : RejectReason.values()) {
            rejects.put(reason, new LongCounter());
        }
    }

    @Override
    public void open(OpenContext context) {
        getRuntimeContext().addAccumulator(partner + EVENTS, events);
        getRuntimeContext().addAccumulator(partner + SEALS, seals);
        rejects.forEach(
                (reason, counter) ->
                        getRuntimeContext()
                                .addAccumulator(partner + REJECTS + reason.name(), counter));
    }

    @Override
    public SourceRecord map(SourceRecord record) {
        Reject reject = record.reject();
        if (reject != null) {
            Objects.requireNonNull(rejects.get(reject.reason())).add(1);
        } else {
            (record.verdict() == null ? events : seals).add(1);
        }
        return record;
    }

    /** The counts of a partner among a job's accumulators; absent ones are 0. */
    static ReplayCounts counts(String partner, Map<String, Object> accumulators) {
        Map<RejectReason, Long> rejects = new HashMap<>();
        for (RejectReason reason : RejectReason.values()) {
            long count = count(accumulators, partner + REJECTS + reason.name());
            if (count > 0) {
                rejects.put(reason, count);
            }
        }
        return new ReplayCounts(
                count(accumulators, partner + EVENTS),
                count(accumulators, partner + SEALS),
                rejects);
    }

    private static long count(Map<String, Object> accumulators, String name) {
        return accumulators.get(name) instanceof Long count ? count : 0;
    }
}
