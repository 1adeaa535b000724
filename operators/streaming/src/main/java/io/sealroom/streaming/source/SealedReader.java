package io.sealroom.streaming.source;

import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.streaming.flow.SourceRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/**
 * Reads partitions through Flink's Kafka reader and judges every record on the way out.
 *
 * <p>Progress and offset move together: the Kafka reader sets its offset right after the record has
 * gone through {@link SealingOutput}, and Flink takes snapshots only between two polls. The stored
 * watermark of every split leaves before the first record that is polled after the split was added,
 * and also when no record comes: without it a restored job would close windows late or, with other
 * partitions ahead, a second time.
 */
@SuppressWarnings("try") // close() may be interrupted, as the interface allows.
final class SealedReader implements SourceReader<SourceRecord, SealedSplit> {

    private static final CompletableFuture<Void> AVAILABLE =
            CompletableFuture.completedFuture(null);

    private final PartnerTopic topic;
    private final Boundedness boundedness;
    private final SourceReader<RawRecord, KafkaPartitionSplit> kafka;
    private final SourceMetrics metrics;
    private final SourceAlarms alarms = new SourceAlarms();
    private final Map<String, PartitionLog> logs = new HashMap<>();
    private final Map<String, Watermark> unannounced = new LinkedHashMap<>();
    private CompletableFuture<Void> splitsAdded = new CompletableFuture<>();
    private @Nullable SealingOutput output;

    SealedReader(
            PartnerTopic topic,
            Boundedness boundedness,
            SourceReader<RawRecord, KafkaPartitionSplit> kafka,
            SourceMetrics metrics) {
        this.topic = topic;
        this.boundedness = boundedness;
        this.kafka = kafka;
        this.metrics = metrics;
    }

    @Override
    public void start() {
        kafka.start();
    }

    @Override
    public void addSplits(List<SealedSplit> splits) {
        for (SealedSplit split : splits) {
            requireOwnTopic(split);
            int partition = split.kafka().getPartition();
            logs.put(split.splitId(), new PartitionLog(topic, partition, split.progress()));
            unannounced.put(split.splitId(), new Watermark(split.progress().watermark()));
            metrics.partitionTaken(partition, split.progress().sealedUntil());
            alarms.partitionTaken(topic.partnerName(), partition, split.progress());
        }
        kafka.addSplits(splits.stream().map(SealedSplit::kafka).toList());
        splitsAdded.complete(null);
    }

    @Override
    public InputStatus pollNext(ReaderOutput<SourceRecord> target) throws Exception {
        if (!unannounced.isEmpty()) {
            unannounced.forEach(
                    (splitId, watermark) ->
                            target.createOutputForSplit(splitId).emitWatermark(watermark));
            unannounced.clear();
            splitsAdded = new CompletableFuture<>();
        }
        if (output == null || !output.writesTo(target)) {
            output = new SealingOutput(target, logs, metrics, alarms);
        }
        return kafka.pollNext(output);
    }

    /**
     * Also completes when splits are added: the Kafka reader says nothing until its first fetch
     * returns, up to ten seconds later on a silent topic.
     */
    @Override
    public CompletableFuture<Void> isAvailable() {
        CompletableFuture<Void> records = kafka.isAvailable();
        if (splitsAdded.isDone() || records.isDone()) {
            return AVAILABLE;
        }
        return CompletableFuture.anyOf(records, splitsAdded).thenRun(() -> {});
    }

    @Override
    public List<SealedSplit> snapshotState(long checkpointId) {
        return kafka.snapshotState(checkpointId).stream()
                .map(split -> new SealedSplit(split, log(split.splitId()).progress()))
                .toList();
    }

    @Override
    public void notifyNoMoreSplits() {
        kafka.notifyNoMoreSplits();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        kafka.handleSourceEvents(event);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        kafka.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        kafka.notifyCheckpointAborted(checkpointId);
    }

    /**
     * Not forwarded by a bounded reader: the Kafka reader of connector 5.0.0 fails when a split
     * ends on its fetcher's thread while it is being paused (FLINK-39728). Readers as a whole still
     * wait for one another.
     */
    @Override
    public void pauseOrResumeSplits(
            Collection<String> splitsToPause, Collection<String> splitsToResume) {
        if (boundedness == Boundedness.CONTINUOUS_UNBOUNDED) {
            kafka.pauseOrResumeSplits(splitsToPause, splitsToResume);
        }
    }

    @Override
    public void close() throws Exception {
        kafka.close();
    }

    private PartitionLog log(String splitId) {
        PartitionLog log = logs.get(splitId);
        if (log == null) {
            throw new IllegalStateException("no log for split " + splitId);
        }
        return log;
    }

    private void requireOwnTopic(SealedSplit split) {
        if (!split.kafka().getTopic().equals(topic.name())
                || split.kafka().getPartition() >= topic.partitions()) {
            throw new SealedSourceException(
                    String.format(
                            "split %s is none of the %d partitions of topic %s: the savepoint is of"
                                    + " another partner or room",
                            split.splitId(), topic.partitions(), topic.name()));
        }
    }
}
