package io.sealroom.streaming.source;

import io.sealroom.streaming.flow.SourceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/** Writes down what leaves a reader, split by split. */
final class TestingReaderOutput implements ReaderOutput<SourceRecord> {

    /** As in "0 event@1767571260000", "1 watermark 1767571799999": partition first. */
    final List<String> out = new ArrayList<>();

    final List<String> released = new ArrayList<>();
    final List<SourceRecord> records = new ArrayList<>();
    private final Map<String, SourceOutput<SourceRecord>> splits = new HashMap<>();

    /** What came since the last call. */
    List<String> drain() {
        List<String> drained = List.copyOf(out);
        out.clear();
        return drained;
    }

    @Override
    public SourceOutput<SourceRecord> createOutputForSplit(String splitId) {
        return splits.computeIfAbsent(splitId, SplitOutput::new);
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        released.add(splitId);
    }

    @Override
    public void collect(SourceRecord record) {
        throw new AssertionError("a record without its split");
    }

    @Override
    public void collect(SourceRecord record, long timestamp) {
        collect(record);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        throw new AssertionError("a watermark without its split");
    }

    @Override
    public void markIdle() {
        throw new AssertionError("a partition is never idle");
    }

    @Override
    public void markActive() {
        throw new AssertionError("a partition is never idle");
    }

    private final class SplitOutput implements SourceOutput<SourceRecord> {

        private final String partition;

        private SplitOutput(String splitId) {
            partition = splitId.substring(splitId.lastIndexOf('-') + 1);
        }

        @Override
        public void collect(SourceRecord record) {
            records.add(record);
            out.add(partition + " " + describe(record));
        }

        @Override
        public void collect(SourceRecord record, long timestamp) {
            records.add(record);
            out.add(partition + " " + describe(record) + "@" + timestamp);
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            out.add(partition + " watermark " + watermark.getTimestamp());
        }

        @Override
        public void markIdle() {
            throw new AssertionError("a partition is never idle");
        }

        @Override
        public void markActive() {
            throw new AssertionError("a partition is never idle");
        }

        private String describe(SourceRecord record) {
            if (record.event() != null) {
                return "event";
            }
            return record.reject() == null ? "verdict" : record.reject().reason().name();
        }
    }
}
