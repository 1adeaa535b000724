package io.sealroom.partner.topic;

import io.sealroom.partner.exit.AgentException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads one topic's partitions from their beginning, in steps, always up to their present end. */
final class PartitionReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final byte[] EMPTY = new byte[0];

    private final List<TopicPartition> partitions;
    private final KafkaConsumer<byte[], byte[]> consumer;

    PartitionReader(KafkaClients clients, List<TopicPartition> partitions) {
        this.partitions = List.copyOf(partitions);
        this.consumer = clients.promptConsumer(partitions);
        // Not to whatever is first now: a head counts from the first record ever.
        partitions.forEach(partition -> this.consumer.seek(partition, 0));
    }

    /** What is done with a record; a null value arrives empty. */
    interface Visitor {
        void record(int partition, long offset, byte[] value) throws AgentException;
    }

    /**
     * Partitions whose first records Kafka has deleted: nothing can be said about them any more.
     */
    List<Integer> truncated() throws AgentException {
        try {
            Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
            return partitions.stream()
                    .filter(partition -> beginnings.getOrDefault(partition, 0L) > 0)
                    .map(TopicPartition::partition)
                    .toList();
        } catch (KafkaException e) {
            throw unreadable(e);
        }
    }

    /**
     * Reads on until every partition's committed end has been reached.
     *
     * @param atLeast by partition, an offset acknowledged as committed: the end lies beyond it,
     *     even if the broker does not show it yet; -1 for none
     */
    void readToEnd(List<Long> atLeast, Visitor visitor) throws AgentException {
        long deadline = System.nanoTime() + KafkaClients.PATIENCE.toNanos();
        try {
            while (!reached(atLeast)) {
                boolean any = false;
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    byte[] value = record.value() == null ? EMPTY : record.value();
                    visitor.record(record.partition(), record.offset(), value);
                    any = true;
                }
                if (any) {
                    deadline = System.nanoTime() + KafkaClients.PATIENCE.toNanos();
                } else if (System.nanoTime() - deadline > 0) {
                    throw AgentException.unavailable(
                            null,
                            "%s: what was acknowledged cannot be read back within %d s",
                            partitions.get(0).topic(),
                            KafkaClients.PATIENCE.toSeconds());
                }
            }
        } catch (KafkaException e) {
            throw unreadable(e);
        }
    }

    private AgentException unreadable(KafkaException e) {
        return AgentException.unavailable(e, "%s cannot be read: %s", partitions.get(0).topic(), e);
    }

    private boolean reached(List<Long> atLeast) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        for (TopicPartition partition : partitions) {
            long end =
                    Math.max(
                            ends.getOrDefault(partition, Long.MAX_VALUE),
                            atLeast.get(partition.partition()) + 1);
            if (consumer.position(partition) < end) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
