package io.sealroom.streaming.publish;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The one writer of a node's releases topic; every call may wait for Kafka. */
final class ReleasesProducer implements AutoCloseable {

    private static final Duration CLOSING = Duration.ofSeconds(5);

    /** The topic's own max.message.bytes is the bound; this is what the producer's memory holds. */
    private static final int REQUEST_BYTES_MAX = 32 * 1024 * 1024;

    private final String topic;
    private final int recordBytesMax;
    private final Producer<byte[], byte[]> producer;

    /**
     * @param recordBytesMax how large a record the topic has to take
     */
    ReleasesProducer(String topic, int recordBytesMax, Producer<byte[], byte[]> producer) {
        this.topic = topic;
        this.recordBytesMax = recordBytesMax;
        this.producer = producer;
    }

    /** Does not wait for Kafka yet. */
    static ReleasesProducer connect(
            String topic, int recordBytesMax, Map<String, String> kafkaProperties) {
        return new ReleasesProducer(topic, recordBytesMax, transactional(topic, kafkaProperties));
    }

    static Producer<byte[], byte[]> transactional(String id, Map<String, String> kafkaProperties) {
        Map<String, Object> config = new HashMap<>(kafkaProperties);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, REQUEST_BYTES_MAX);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * From now on no earlier writer can write, and what one left open is committed if that had been
     * decided, else aborted.
     *
     * @throws IOException if Kafka does not answer
     */
    void takeOver() throws IOException {
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            throw failure("cannot be taken over", e);
        }
    }

    /**
     * Writes records in one transaction and returns when it is committed.
     *
     * @throws IOException if it is not, or if that is not known: a new writer will know
     * @throws SuppressRestartsException if the topic does not take a record of this size
     */
    void append(List<ReleaseRecord> releases) throws IOException {
        try {
            producer.beginTransaction();
            for (ReleaseRecord release : releases) {
                // A record that fails makes the commit fail.
                var unused =
                        producer.send(
                                new ProducerRecord<>(
                                        topic, 0, release.key().toBytes(), release.value()));
            }
            producer.commitTransaction();
        } catch (KafkaException e) {
            throw failure("cannot be written", e);
        }
    }

    /** Aborts what is open, if Kafka answers soon; else it is left to whoever takes over. */
    @Override
    public void close() {
        producer.close(CLOSING);
    }

    private IOException failure(String what, KafkaException e) {
        if (ExceptionUtils.findThrowable(e, RecordTooLargeException.class).isPresent()) {
            throw new SuppressRestartsException(
                    new IOException(
                            String.format(
                                    "topic %s takes no record as large as one release. Set its"
                                            + " max.message.bytes to %d, which takes every release of the"
                                            + " policy, then start the job again from its last checkpoint:"
                                            + " nothing is lost",
                                    topic, recordBytesMax),
                            e));
        }
        if (isTakenAway(e)) {
            return new IOException(
                    String.format(
                            "topic %s was taken away from this task, which takes it back as it restarts."
                                    + " Expected once after a pause longer than transaction.timeout.ms. If"
                                    + " it goes on, two PublishJobs of this node run: stop one. Nothing is"
                                    + " written twice",
                            topic),
                    e);
        }
        return new IOException(
                String.format(
                        "topic %s %s: %s. Expected while Kafka is away; the task reads the topic again"
                                + " as it restarts, and nothing is lost or written twice",
                        topic, what, e),
                e);
    }

    private static boolean isTakenAway(KafkaException e) {
        return ExceptionUtils.findThrowable(e, ProducerFencedException.class).isPresent()
                || ExceptionUtils.findThrowable(e, InvalidProducerEpochException.class).isPresent();
    }
}
