package io.sealroom.cli.kafka;

import io.sealroom.cli.UnavailableException;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Topics as bytes, committed records only, read without a consumer group, so that reading leaves no
 * trace. Every method throws {@link UnavailableException} if Kafka does not answer in time or has
 * no such topic.
 */
public final class CommittedTopics implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Duration timeout;

    /**
     * @param timeout for which Kafka may be silent
     */
    public CommittedTopics(String bootstrap, Duration timeout) {
        this.timeout = timeout;
        try {
            this.consumer =
                    new KafkaConsumer<>(
                            RecordTopic.properties(
                                    bootstrap, timeout, IsolationLevel.READ_COMMITTED));
        } catch (KafkaException e) {
            throw RecordTopic.unavailable(e);
        }
    }

    /** Number of a topic's partitions. */
    public int partitions(String topic) {
        try {
            List<?> found = consumer.partitionsFor(topic);
            if (found.isEmpty()) {
                throw new UnavailableException("Kafka has no topic " + topic);
            }
            return found.size();
        } catch (KafkaException e) {
            throw RecordTopic.unavailable(e);
        }
    }

    /** The offset of the first record that is kept. */
    public long beginning(String topic, int partition) {
        TopicPartition asked = new TopicPartition(topic, partition);
        try {
            return Objects.requireNonNull(consumer.beginningOffsets(List.of(asked)).get(asked));
        } catch (KafkaException e) {
            throw RecordTopic.unavailable(e);
        }
    }

    /** The offset behind the last committed record. */
    public long end(String topic, int partition) {
        TopicPartition asked = new TopicPartition(topic, partition);
        try {
            return Objects.requireNonNull(consumer.endOffsets(List.of(asked)).get(asked));
        } catch (KafkaException e) {
            throw RecordTopic.unavailable(e);
        }
    }

    /** The same over all partitions: no fewer than the topic has records. */
    public long ends(String topic) {
        long sum = 0;
        for (int partition = partitions(topic) - 1; partition >= 0; partition--) {
            sum += end(topic, partition);
        }
        return sum;
    }

    /** The records of a partition in offset order, from the first to what is committed now. */
    public Iterator<ConsumerRecord<byte[], byte[]>> records(String topic, int partition) {
        return records(topic, partition, beginning(topic, partition), end(topic, partition));
    }

    /**
     * The records of a partition in offset order. One partition at a time: asking for others ends
     * these. A null value is an empty one to whoever judges it.
     *
     * @param from offset of the first
     * @param end offset behind the last
     */
    public Iterator<ConsumerRecord<byte[], byte[]>> records(
            String topic, int partition, long from, long end) {
        TopicPartition asked = new TopicPartition(topic, partition);
        consumer.assign(List.of(asked));
        consumer.seek(asked, from);
        return new Records(asked, end);
    }

    /** Polls when it has no more. */
    private final class Records implements Iterator<ConsumerRecord<byte[], byte[]>> {

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
                long heard = System.nanoTime();
                long position = consumer.position(partition);
                while (!polled.hasNext() && position < end) {
                    polled = consumer.poll(POLL).iterator();
                    long next = consumer.position(partition);
                    // Markers of transactions move the position and give no record.
                    if (next > position) {
                        heard = System.nanoTime();
                    } else if (System.nanoTime() - heard > timeout.toNanos()) {
                        throw new UnavailableException("Kafka gives no more records");
                    }
                    position = next;
                }
            } catch (KafkaException e) {
                throw RecordTopic.unavailable(e);
            }
            return polled.hasNext();
        }

        @Override
        public ConsumerRecord<byte[], byte[]> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return polled.next();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
