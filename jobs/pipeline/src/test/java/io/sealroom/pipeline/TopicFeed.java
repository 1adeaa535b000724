package io.sealroom.pipeline;

import io.sealroom.local.parts.KafkaBroker;
import io.sealroom.streaming.testing.TestingPartner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Brings what scripted partners wrote into their topics, bit by bit. */
final class TopicFeed implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<TopicPartition, Integer> fed = new HashMap<>();

    TopicFeed(KafkaBroker kafka) {
        producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                kafka.bootstrapServers(),
                                "enable.idempotence",
                                "true"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /** Every partition of every partner up to a share of its records, 0 to 1. */
    void upTo(RandomHistory history, double share) {
        history.partners().forEach(partner -> upTo(partner, share));
    }

    /** Every partition of one partner up to a share of its records; returns when Kafka has them. */
    void upTo(TestingPartner partner, double share) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int number = 0; number < partner.partitions(); number++) {
            TopicPartition partition = new TopicPartition(partner.topic(), number);
            List<byte[]> records = partner.records(number);
            int from = fed.getOrDefault(partition, 0);
            int to = Math.max(from, (int) Math.round(share * records.size()));
            for (byte[] value : records.subList(from, to)) {
                sent.add(producer.send(new ProducerRecord<>(partner.topic(), number, null, value)));
            }
            fed.put(partition, to);
        }
        try {
            for (Future<RecordMetadata> acknowledgement : sent) {
                acknowledgement.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a record was not acknowledged", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
