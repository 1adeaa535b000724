package io.sealroom.partner.input;

import io.sealroom.partner.exit.AgentException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits what a tracker allows, on the thread that polls. */
final class OffsetCommits {

    private static final Logger LOG = LoggerFactory.getLogger(OffsetCommits.class);
    private static final Duration WAIT = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final OffsetTracker tracker;
    private final RejectLog rejects;
    private final long pauseNanos;
    private long lastNanos = System.nanoTime();

    OffsetCommits(
            Consumer<byte[], byte[]> consumer,
            OffsetTracker tracker,
            RejectLog rejects,
            Duration pause) {
        this.consumer = consumer;
        this.tracker = tracker;
        this.rejects = rejects;
        this.pauseNanos = pause.toNanos();
    }

    /** As {@link #commit}, if the last one is long enough ago. */
    void commitIfDue() throws AgentException {
        if (System.nanoTime() - lastNanos >= pauseNanos) {
            commit();
        }
    }

    /**
     * Rejects first: a committed record is never read again.
     *
     * @throws AgentException if rejects cannot be written
     * @throws KafkaException if offsets can never be committed
     */
    void commit() throws AgentException {
        lastNanos = System.nanoTime();
        Map<TopicPartition, Long> offsets = tracker.committable();
        if (offsets.isEmpty()) {
            return;
        }
        rejects.force();
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        offsets.forEach(
                (partition, offset) -> positions.put(partition, new OffsetAndMetadata(offset)));
        try {
            consumer.commitSync(positions, WAIT);
            tracker.committed(offsets);
        } catch (RebalanceInProgressException
                | RetriableCommitFailedException
                | CommitFailedException
                | TimeoutException e) {
            // Tried again in a second, or by whoever has the partitions next: events that come
            // twice are known by their ids.
            LOG.warn("offsets were not committed: {}", e.getClass().getSimpleName());
        }
    }
}
