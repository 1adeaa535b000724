package io.sealroom.streaming.source;

import io.sealroom.schemas.record.Reject;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.SourceRecord;
import io.sealroom.streaming.flow.Verdict;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/**
 * Stands between the Kafka reader and Flink: raw records go in, judged ones come out on the same
 * split's output. A verdict is followed by its watermark, and nothing else moves the watermark of a
 * split: a silent partition holds the room, so it is never idle.
 */
final class SealingOutput implements ReaderOutput<RawRecord> {

    private final ReaderOutput<SourceRecord> target;
    private final Map<String, PartitionLog> logs;
    private final SourceMetrics metrics;
    private final SourceAlarms alarms;
    private final Map<String, SourceOutput<RawRecord>> splits = new HashMap<>();

    /**
     * @param logs by split id; a log leaves the map with its split
     */
    SealingOutput(
            ReaderOutput<SourceRecord> target,
            Map<String, PartitionLog> logs,
            SourceMetrics metrics,
            SourceAlarms alarms) {
        this.target = target;
        this.logs = logs;
        this.metrics = metrics;
        this.alarms = alarms;
    }

    /** Whether this output is the one for {@code other}. */
    @SuppressWarnings("ReferenceEquality") // Outputs have no other identity.
    boolean writesTo(ReaderOutput<SourceRecord> other) {
        return target == other;
    }

    @Override
    public SourceOutput<RawRecord> createOutputForSplit(String splitId) {
        return splits.computeIfAbsent(
                splitId,
                id -> {
                    PartitionLog log = logs.get(id);
                    if (log == null) {
                        throw new IllegalStateException("no log for split " + id);
                    }
                    return new SplitOutput(log, target.createOutputForSplit(id));
                });
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        splits.remove(splitId);
        logs.remove(splitId);
        target.releaseOutputForSplit(splitId);
    }

    @Override
    public void collect(RawRecord record) {
        throw new IllegalStateException("the Kafka reader emits through its splits' outputs");
    }

    @Override
    public void collect(RawRecord record, long timestamp) {
        collect(record);
    }

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}

    /** One partition's records. */
    private final class SplitOutput implements SourceOutput<RawRecord> {

        private final PartitionLog log;
        private final SourceOutput<SourceRecord> split;

        private SplitOutput(PartitionLog log, SourceOutput<SourceRecord> split) {
            this.log = log;
            this.split = split;
        }

        @Override
        public void collect(RawRecord raw) {
            metrics.recordRead();
            SourceRecord record = log.take(raw.offset(), raw.value());
            AdmittedEvent event = record.event();
            Verdict verdict = record.verdict();
            Reject reject = record.reject();
            if (event != null) {
                metrics.eventAdmitted();
                split.collect(record, event.time());
            } else if (verdict != null) {
                metrics.sealAdmitted(verdict.partition(), verdict.to());
                alarms.sealed(verdict.partition());
                split.collect(record, verdict.to() - 1);
                split.emitWatermark(new Watermark(log.progress().watermark()));
            } else if (reject != null) {
                metrics.rejected(reject.partition(), reject.reason());
                alarms.rejected(reject, log.progress().sealedUntil());
                split.collect(record);
            }
        }

        /** The Kafka timestamp is whatever its producer wrote: it is not used. */
        @Override
        public void collect(RawRecord raw, long timestamp) {
            collect(raw);
        }

        @Override
        public void emitWatermark(Watermark watermark) {}

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}
    }
}
