package io.sealroom.cli.audit;

import io.sealroom.cli.UnavailableException;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Events topics as bytes, committed records only, read without a consumer group. Every method
 * throws {@link UnavailableException} if Kafka does not answer in time or has no such topic.
 */
final class EventsLog implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Duration timeout;

    /**
     * @param timeout for which Kafka may be silent
     */
    EventsLog(String bootstrap, Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        this.timeout = timeout;
        try {
            this.consumer =
                    new KafkaConsumer<>(
                            Map.of(
                                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                    bootstrap,
                                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                    "read_committed",
                                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                    false,
                                    ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                                    false,
                                    // Where records go while they are read, the default would
                                    // pass over what follows: a copy would seem to be the same.
                                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                    "none",
                                    ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                    millis,
                                    ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                    millis),
                            new ByteArrayDeserializer(),
                            new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw unavailable(e);
        }
    }

    /** A record; a null value is an empty one to whoever judges it. */
    @SuppressWarnings("ArrayRecordComponent") // Passes from one call to the next; never compared.
    record Entry(long offset, byte @Nullable [] value) {}

    /** Number of a topic's partitions. */
    int partitions(String topic) {
        try {
            List<?> found = consumer.partitionsFor(topic);
            if (found.isEmpty()) {
                throw new UnavailableException("Kafka has no topic " + topic);
            }
            return found.size();
        } catch (KafkaException e) {
            throw unavailable(e);
        }
    }

    /** The offset behind the last committed record. */
    long end(String topic, int partition) {
        TopicPartition asked = new TopicPartition(topic, partition);
        try {
            return Objects.requireNonNull(consumer.endOffsets(List.of(asked)).get(asked));
        } catch (KafkaException e) {
            throw unavailable(e);
        }
    }

    /** The same over all partitions: no fewer than the topic has records. */
    long ends(String topic) {
        long sum = 0;
        for (int partition = partitions(topic) - 1; partition >= 0; partition--) {
            sum += end(topic, partition);
        }
        return sum;
    }

    /**
     * The records of a partition in offset order, from the first to what is committed now. One
     * partition at a time: asking for another ends this one.
     */
    Iterator<Entry> records(String topic, int partition) {
        TopicPartition asked = new TopicPartition(topic, partition);
        long end = end(topic, partition);
        consumer.assign(List.of(asked));
        consumer.seekToBeginning(List.of(asked));
        return new Records(asked, end);
    }

    /** Polls when it has no more. */
    private final class Records implements Iterator<Entry> {

        private final TopicPartition partition;
        private final long end;
        private Iterator<ConsumerRecord<byte[], byte[]>> polled = Collections.emptyIterator();

        private Records(TopicPartition partition, long end) {
            this.partition = partition;
            this.end = end;
        }

        @Override
        public boolean hasNext() {
            try {
                long asked = System.nanoTime();
                while (!polled.hasNext() && consumer.position(partition) < end) {
                    polled = consumer.poll(POLL).iterator();
                    if (!polled.hasNext() && System.nanoTime() - asked > timeout.toNanos()) {
                        throw new UnavailableException("Kafka gives no more records");
                    }
                }
            } catch (KafkaException e) {
                throw unavailable(e);
            }
            return polled.hasNext();
        }

        @Override
        public Entry next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            ConsumerRecord<byte[], byte[]> record = polled.next();
            return new Entry(record.offset(), record.value());
        }
    }

    private static UnavailableException unavailable(KafkaException e) {
        return new UnavailableException(
                "Kafka does not answer as it should: " + e.getClass().getSimpleName());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
