package io.sealroom.cli.kafka;

import io.sealroom.cli.UnavailableException;
import io.sealroom.schemas.record.Decoded;
import io.sealroom.schemas.record.RecordCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A topic of records of one type, read from its beginning and without a consumer group, so that
 * reading leaves no trace.
 *
 * @param <T> the record
 */
public final class RecordTopic<T> implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final RecordCodec<T> codec;
    private final Duration timeout;
    private final Map<TopicPartition, Long> ends;

    private RecordTopic(
            KafkaConsumer<byte[], byte[]> consumer,
            RecordCodec<T> codec,
            Duration timeout,
            List<TopicPartition> partitions) {
        this.consumer = consumer;
        this.codec = codec;
        this.timeout = timeout;
        this.ends = consumer.endOffsets(partitions);
    }

    /**
     * Opens a topic for its committed records: what a writer stands by. Whoever leaves a
     * transaction open holds back all that comes after it.
     *
     * @param timeout for which Kafka may be silent
     * @throws UnavailableException if Kafka does not answer in time or has no such topic
     */
    public static <T> RecordTopic<T> open(
            String bootstrap, String topic, RecordCodec<T> codec, Duration timeout) {
        return open(bootstrap, topic, codec, timeout, IsolationLevel.READ_COMMITTED);
    }

    /**
     * Opens a topic for all that was ever written to it, committed or not: for evidence, which no
     * writer may take back or hold back.
     *
     * @param timeout for which Kafka may be silent
     * @throws UnavailableException if Kafka does not answer in time or has no such topic
     */
    public static <T> RecordTopic<T> openUncommitted(
            String bootstrap, String topic, RecordCodec<T> codec, Duration timeout) {
        return open(bootstrap, topic, codec, timeout, IsolationLevel.READ_UNCOMMITTED);
    }

    private static <T> RecordTopic<T> open(
            String bootstrap,
            String topic,
            RecordCodec<T> codec,
            Duration timeout,
            IsolationLevel isolation) {
        KafkaConsumer<byte[], byte[]> consumer = null;
        try {
            consumer = new KafkaConsumer<>(properties(bootstrap, timeout, isolation));
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            if (partitions.isEmpty()) {
                throw new UnavailableException("Kafka has no topic " + topic);
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return new RecordTopic<>(consumer, codec, timeout, partitions);
        } catch (KafkaException | UnavailableException e) {
            if (consumer != null) {
                consumer.close();
            }
            throw e instanceof UnavailableException known ? known : unavailable(e);
        }
    }

    /** Who gets the records. */
    public interface Receiver<T> {
        void record(T record) throws IOException;

        /** A record that is none of this type. */
        void refused(int partition, long offset, Decoded.Fault fault);

        /** Everything that was there has been given. */
        void pause() throws IOException;
    }

    /**
     * Reads to the end that the topic had when it was opened.
     *
     * @throws UnavailableException if Kafka does not answer in time
     * @throws IOException from the receiver
     */
    public void read(Receiver<T> receiver) throws IOException {
        long heard = System.nanoTime();
        try {
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (poll(receiver)) {
                    heard = System.nanoTime();
                } else if (System.nanoTime() - heard > timeout.toNanos()) {
                    throw new UnavailableException("Kafka gives no more records");
                }
            }
        } catch (KafkaException e) {
            throw unavailable(e);
        }
        receiver.pause();
    }

    /**
     * Reads on until the thread is interrupted.
     *
     * @throws IOException from the receiver
     */
    public void follow(Receiver<T> receiver) throws IOException {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (poll(receiver)) {
                    receiver.pause();
                }
            }
        } catch (InterruptException e) {
            // How following ends; the consumer has set the flag again, and closing would trip on
            // it.
            Thread.interrupted();
        } catch (KafkaException e) {
            throw unavailable(e);
        }
    }

    private boolean poll(Receiver<T> receiver) throws IOException {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            byte[] value = record.value() == null ? new byte[0] : record.value();
            Decoded<T> decoded = codec.decode(value);
            if (decoded instanceof Decoded.Ok<T> ok) {
                receiver.record(ok.record());
            } else if (decoded instanceof Decoded.Refused<T> refused) {
                receiver.refused(record.partition(), record.offset(), refused.fault());
            }
        }
        return !records.isEmpty();
    }

    static Map<String, Object> properties(
            String bootstrap, Duration timeout, IsolationLevel isolation) {
        int millis = Math.toIntExact(timeout.toMillis());
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                isolation.toString().toLowerCase(Locale.ROOT),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                // Where records go while they are read, the default would pass over what follows.
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                millis,
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                millis);
    }

    static UnavailableException unavailable(Exception e) {
        return new UnavailableException(
                "Kafka does not answer as it should: " + e.getClass().getSimpleName());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
