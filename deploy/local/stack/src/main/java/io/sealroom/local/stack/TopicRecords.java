package io.sealroom.local.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Committed records, as any consumer sees them that is in no group. */
public final class TopicRecords {

    private static final Duration POLL = Duration.ofMillis(200);

    private TopicRecords() {}

    /** All records of a partition, to the end that it has now. */
    public static List<ConsumerRecord<byte[], byte[]>> read(
            String kafka, String topic, int partition) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
            return read(consumer, new TopicPartition(topic, partition));
        }
    }

    /** The same, with a consumer that is there: of nothing else afterwards. */
    public static List<ConsumerRecord<byte[], byte[]>> read(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition source) {
        consumer.assign(List.of(source));
        consumer.seekToBeginning(List.of(source));
        long end = consumer.endOffsets(List.of(source)).values().iterator().next();
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        while (consumer.position(source) < end) {
            consumer.poll(POLL).forEach(records::add);
        }
        return records;
    }

    /** A consumer of nothing yet. */
    public static KafkaConsumer<byte[], byte[]> consumer(String kafka) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", kafka,
                        "isolation.level", "read_committed",
                        "enable.auto.commit", "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
