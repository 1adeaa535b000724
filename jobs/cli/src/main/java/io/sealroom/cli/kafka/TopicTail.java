package io.sealroom.cli.kafka;

import io.sealroom.cli.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The newest records of partitions, sought backwards in growing steps: what was written last is
 * told at once, however long the topic is.
 */
public final class TopicTail {

    private static final long FIRST_STEP = 256;

    private final CommittedTopics topics;

    public TopicTail(CommittedTopics topics) {
        this.topics = topics;
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
        if (partition >= topics.partitions(topic)) {
            throw new UnavailableException(
                    String.format("Kafka has no partition %d of topic %s", partition, topic));
        }
        long end = topics.end(topic, partition);
        long beginning = topics.beginning(topic, partition);
        long step = FIRST_STEP;
        while (true) {
            long start = Math.max(beginning, end - step);
            List<T> kept = new ArrayList<>();
            topics.records(topic, partition, start, end)
                    .forEachRemaining(record -> keep.apply(record).ifPresent(kept::add));
            if (start == beginning || kept.stream().anyMatch(enough)) {
                return new Found<>(end, kept);
            }
            step *= 2;
        }
    }
}
