package io.sealroom.cli.kafka;

import io.sealroom.cli.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The newest committed records of partitions, sought backwards in growing steps: what was written
 * last is told at once, however long the topic is. No consumer group, so that reading leaves no
 * trace.
 */
public final class TopicTail implements AutoCloseable {

    private static final long FIRST_STEP = 256;
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Duration timeout;

    /**
     * @param timeout for which Kafka may be silent
     * @throws UnavailableException if the servers are no Kafka
     */
    public TopicTail(String bootstrap, Duration timeout) {
        this.timeout = timeout;
        try {
            consumer =
                    new KafkaConsumer<>(
                            RecordTopic.properties(
                                    bootstrap, timeout, IsolationLevel.READ_COMMITTED));
        } catch (KafkaException e) {
            throw RecordTopic.unavailable(e);
        }
    }

    /**
     * What was found at the end of a partition.
     *
     * @param end offset behind the last committed record
     * @param kept by rising offset
     */
    public record Found<T>(long end, List<T> kept) {}

    /**
     * Goes back until a record is enough, or to the beginning.
     *
     * @param keep what to make of a record; nothing if it does not matter
     * @param enough whether nothing before this is needed
     * @throws UnavailableException if Kafka does not answer in time or has no such partition
     */
    public <T> Found<T> newest(
            String topic,
            int partition,
            Function<ConsumerRecord<byte[], byte[]>, Optional<T>> keep,
            Predicate<T> enough) {
        TopicPartition at = new TopicPartition(topic, partition);
        try {
            if (consumer.partitionsFor(topic).stream()
                    .noneMatch(info -> info.partition() == partition)) {
                throw new UnavailableException(
                        String.format("Kafka has no partition %d of topic %s", partition, topic));
            }
            List<TopicPartition> one = List.of(at);
            consumer.assign(one);
            long end = consumer.endOffsets(one).getOrDefault(at, 0L);
            long beginning = consumer.beginningOffsets(one).getOrDefault(at, 0L);
            long step = FIRST_STEP;
            while (true) {
                long start = Math.max(beginning, end - step);
                List<T> kept = read(at, start, end, keep);
                if (start == beginning || kept.stream().anyMatch(enough)) {
                    return new Found<>(end, kept);
                }
                step *= 2;
            }
        } catch (KafkaException e) {
            throw RecordTopic.unavailable(e);
        }
    }

    private <T> List<T> read(
            TopicPartition at,
            long start,
            long end,
            Function<ConsumerRecord<byte[], byte[]>, Optional<T>> keep) {
        consumer.seek(at, start);
        List<T> kept = new ArrayList<>();
        long heard = System.nanoTime();
        long before = start;
        while (consumer.position(at) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                keep.apply(record).ifPresent(kept::add);
            }
            // Markers of transactions move the position and give no record.
            if (consumer.position(at) > before) {
                before = consumer.position(at);
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > timeout.toNanos()) {
                throw new UnavailableException("Kafka gives no more records");
            }
        }
        return kept;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
