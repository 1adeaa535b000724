package io.sealroom.partner.topic;

import io.sealroom.local.parts.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Reads and writes topics with clients of its own, as somebody else would. */
public final class TopicRecords {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private TopicRecords() {}

    /** All committed values of a partition, in offset order. */
    public static List<byte[]> committed(String bootstrap, String topic, int partition) {
        TopicPartition assigned = new TopicPartition(topic, partition);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(List.of(assigned));
            consumer.seekToBeginning(List.of(assigned));
            long end = consumer.endOffsets(List.of(assigned)).getOrDefault(assigned, 0L);
            List<byte[]> values = new ArrayList<>();
            while (consumer.position(assigned) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }

    /**
     * Makes the topic anew with these records, by partition: what is left after Kafka lost or
     * changed something.
     */
    public static void replace(String bootstrap, String topic, List<List<byte[]>> partitions)
            throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.deleteTopics(List.of(topic)).all().get();
            Await.until(
                    "the topic to be made anew", PATIENCE, () -> made(admin, topic, partitions));
        }
        try (KafkaProducer<byte[], byte[]> producer = producer(bootstrap)) {
            for (int partition = 0; partition < partitions.size(); partition++) {
                for (byte[] value : partitions.get(partition)) {
                    producer.send(new ProducerRecord<>(topic, partition, null, value)).get();
                }
            }
        }
    }

    private static boolean made(Admin admin, String topic, List<?> partitions) {
        try {
            NewTopic wanted = new NewTopic(topic, partitions.size(), (short) 1);
            admin.createTopics(List.of(wanted)).all().get();
            return true;
        } catch (ExecutionException e) {
            // Still being deleted.
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes without a transaction, past the writer. */
    public static void intrude(String bootstrap, String topic, int partition, byte[] value)
            throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(bootstrap)) {
            producer.send(new ProducerRecord<>(topic, partition, null, value)).get();
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrap) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
