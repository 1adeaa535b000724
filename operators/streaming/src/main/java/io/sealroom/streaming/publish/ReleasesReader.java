package io.sealroom.streaming.publish;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what stands on a node's releases topic; waits for Kafka. */
final class ReleasesReader {

    /** How long reading may make no progress. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration POLL = Duration.ofMillis(200);

    private final TopicPartition partition;
    private final Map<String, Object> kafkaProperties;
    private final Duration patience;

    ReleasesReader(String topic, Map<String, String> kafkaProperties) {
        this(topic, kafkaProperties, PATIENCE);
    }

    ReleasesReader(String topic, Map<String, String> kafkaProperties, Duration patience) {
        this.partition = new TopicPartition(topic, 0);
        this.kafkaProperties = new HashMap<>(kafkaProperties);
        this.patience = patience;
    }

    /**
     * All releases that stand, in order. An alarm, if the first ones were deleted.
     *
     * @throws IOException if Kafka does not answer, or lets nobody read to the end: somebody else
     *     has a transaction open, behind which releases may stand, or records go while they are
     *     read
     */
    void forEach(Consumer<ReleaseRecord> releases) throws IOException {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            long end = end();
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long position = consumer.position(partition);
            if (position > 0) {
                PublishLog.releasesDeleted(partition.topic(), position);
            }
            long movedAt = System.nanoTime();
            while (position < end) {
                consumer.poll(POLL).forEach(found -> release(found).ifPresent(releases));
                long next = consumer.position(partition);
                if (next > position) {
                    position = next;
                    movedAt = System.nanoTime();
                } else if (System.nanoTime() - movedAt > patience.toNanos()) {
                    throw new IOException(stuck(position, end));
                }
            }
        } catch (KafkaException | ExecutionException e) {
            throw unreadable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreadable(e);
        }
    }

    private Optional<ReleaseRecord> release(ConsumerRecord<byte[], byte[]> found) {
        Optional<ReleaseKey> key = ReleaseKey.ofBytes(found.key());
        if (key.isEmpty() || found.value() == null) {
            PublishLog.foreignRecord(partition.topic(), found.offset());
            return Optional.empty();
        }
        return Optional.of(new ReleaseRecord(key.get(), found.value()));
    }

    /** Behind all records, those of transactions that are open included. */
    private long end() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(new HashMap<>(kafkaProperties))) {
            return admin.listOffsets(
                            Map.of(partition, OffsetSpec.latest()),
                            new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                    .partitionResult(partition)
                    .get()
                    .offset();
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> config = new HashMap<>(kafkaProperties);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // Where records go while they are read, Kafka's default would go on from the end: what
        // stands between would not be known, and be written again.
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private String stuck(long position, long end) {
        return String.format(
                "topic %s cannot be read beyond offset %d of %d: somebody else has a transaction open"
                        + " there. Only PublishJob of this node writes to it: check who else may. The"
                        + " task tries again; the broker ends the transaction when its time is over",
                partition.topic(), position, end);
    }

    private IOException unreadable(Exception e) {
        return new IOException(
                String.format(
                        "topic %s cannot be read: %s. Expected while Kafka is away; the task tries again"
                                + " as it restarts",
                        partition.topic(), e),
                e);
    }
}
