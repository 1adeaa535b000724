package io.sealroom.streaming.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * A scripted stand-in for Flink's Kafka reader, with its contract: one record a poll through the
 * split's output, the offset set after that, null values and gaps in offsets possible.
 */
@SuppressWarnings("try") // close() may be interrupted, as the interface allows.
final class TestingKafkaReader implements SourceReader<RawRecord, KafkaPartitionSplit> {

    final List<String> calls = new ArrayList<>();
    CompletableFuture<Void> available = new CompletableFuture<>();
    private final Map<String, KafkaPartitionSplit> splits = new LinkedHashMap<>();
    private final List<String> finishing = new ArrayList<>();
    private final Map<String, List<RawRecord>> scripts = new HashMap<>();

    /** What the partition holds, from offset 0, at every other offset as with transactions. */
    void script(String splitId, List<byte[]> values) {
        List<RawRecord> records = new ArrayList<>();
        values.forEach(value -> records.add(new RawRecord(2L * records.size(), value)));
        scripts.put(splitId, records);
    }

    /** The next poll ends this split, as a bounded one does at its stopping offset. */
    void finishAtNextPoll(String splitId) {
        finishing.add(splitId);
    }

    @Override
    public InputStatus pollNext(ReaderOutput<RawRecord> output) {
        for (String splitId : finishing) {
            splits.remove(splitId);
            output.releaseOutputForSplit(splitId);
        }
        finishing.clear();
        for (KafkaPartitionSplit split : List.copyOf(splits.values())) {
            for (RawRecord record : scripts.getOrDefault(split.splitId(), List.of())) {
                if (record.offset() >= split.getStartingOffset()) {
                    output.createOutputForSplit(split.splitId()).collect(record, -5);
                    splits.put(
                            split.splitId(),
                            new KafkaPartitionSplit(
                                    split.getTopicPartition(), record.offset() + 1));
                    return InputStatus.MORE_AVAILABLE;
                }
            }
        }
        return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> added) {
        added.forEach(split -> splits.put(split.splitId(), split));
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
        return List.copyOf(splits.values());
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return available;
    }

    @Override
    public void start() {
        calls.add("start");
    }

    @Override
    public void notifyNoMoreSplits() {
        calls.add("noMoreSplits");
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        calls.add("event");
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        calls.add("complete " + checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) {
        calls.add("aborted " + checkpointId);
    }

    @Override
    public void pauseOrResumeSplits(
            Collection<String> splitsToPause, Collection<String> splitsToResume) {
        calls.add("pause " + splitsToPause + " resume " + splitsToResume);
    }

    @Override
    public void close() {
        calls.add("close");
    }
}
