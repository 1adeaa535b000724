package io.sealroom.local.parts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka clients of texts. */
final class Clients {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private Clients() {}

    static KafkaProducer<byte[], String> producer(KafkaBroker broker, Map<String, String> more) {
        Map<String, Object> config = new HashMap<>(more);
        config.put("bootstrap.servers", broker.bootstrapServers());
        return new KafkaProducer<>(config, new ByteArraySerializer(), new StringSerializer());
    }

    /** Sends to partition 0 and waits for the acknowledgement. */
    static void send(KafkaProducer<byte[], String> producer, String topic, String value)
            throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(topic, 0, null, value)).get();
    }

    /** The first texts of partition 0, from its start, as soon as there are so many. */
    static List<String> readCommitted(KafkaBroker broker, String topic, int count) {
        Map<String, Object> config =
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "isolation.level",
                        "read_committed");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<byte[], String> consumer =
                new KafkaConsumer<>(
                        config, new ByteArrayDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Await.until(
                    count + " records of " + topic,
                    DEADLINE,
                    () -> {
                        consumer.poll(Duration.ofMillis(200)).forEach(r -> values.add(r.value()));
                        return values.size() >= count;
                    });
        }
        return values;
    }
}
