package io.sealroom.partner.topic;

import io.sealroom.partner.exit.AgentException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a partition. Opening it fences every earlier writer and ends that writer's open
 * transaction, so that nothing of it appears later.
 */
final class PartitionWriter implements AutoCloseable {

    /** Well within the time that a broker grants a transaction. */
    static final int TRANSACTION_RECORDS_MAX = 20_000;

    private final TopicPartition partition;
    private final KafkaProducer<byte[], byte[]> producer;

    private PartitionWriter(TopicPartition partition, KafkaProducer<byte[], byte[]> producer) {
        this.partition = partition;
        this.producer = producer;
    }

    static PartitionWriter open(
            KafkaClients clients, TopicPartition partition, String transactionalId)
            throws AgentException {
        PartitionWriter writer =
                new PartitionWriter(partition, clients.transactionalProducer(transactionalId));
        try {
            writer.producer.initTransactions();
            return writer;
        } catch (KafkaException e) {
            writer.close();
            throw writer.failed(e);
        }
    }

    /**
     * Sends records in order and returns when they are committed.
     *
     * @return the offset of each, rising
     */
    List<Long> append(List<byte[]> values) throws AgentException, InterruptedException {
        List<Long> offsets = new ArrayList<>(values.size());
        for (int from = 0; from < values.size(); from += TRANSACTION_RECORDS_MAX) {
            int to = Math.min(values.size(), from + TRANSACTION_RECORDS_MAX);
            offsets.addAll(transaction(values.subList(from, to)));
        }
        return offsets;
    }

    private List<Long> transaction(List<byte[]> values)
            throws AgentException, InterruptedException {
        try {
            producer.beginTransaction();
            List<Future<RecordMetadata>> sent = new ArrayList<>(values.size());
            for (byte[] value : values) {
                sent.add(
                        producer.send(
                                new ProducerRecord<>(
                                        partition.topic(), partition.partition(), null, value)));
            }
            producer.commitTransaction();
            List<Long> offsets = new ArrayList<>(values.size());
            for (Future<RecordMetadata> record : sent) {
                offsets.add(record.get().offset());
            }
            return offsets;
        } catch (KafkaException e) {
            throw failed(e);
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        }
    }

    private AgentException failed(@Nullable Throwable cause) {
        if (cause instanceof ProducerFencedException
                || cause instanceof InvalidProducerEpochException) {
            return AgentException.unavailable(
                    cause,
                    "%s: another agent of this partner has taken over the partition",
                    partition);
        }
        return AgentException.unavailable(cause, "%s cannot be written: %s", partition, cause);
    }

    /** Open transactions are left to be aborted by the next writer or by time. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
