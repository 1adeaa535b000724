package io.sealroom.streaming.testing;

import io.sealroom.local.parts.KafkaBroker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A scripted partner's events topic on a real broker: what the partner wrote, in its order. */
public final class TestingTopic implements AutoCloseable {

    private final TestingPartner partner;
    private final KafkaProducer<byte[], byte[]> producer;
    private final int[] published;

    private TestingTopic(KafkaBroker broker, TestingPartner partner) {
        this.partner = partner;
        this.published = new int[partner.partitions()];
        this.producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /** Creates the topic as the policy wants it. */
    public static TestingTopic create(KafkaBroker broker, TestingPartner partner)
            throws IOException {
        broker.createTopic(partner.topic(), partner.partitions(), Map.of("retention.ms", "-1"));
        return new TestingTopic(broker, partner);
    }

    /** Sends what the partner has written since the last call, and waits until Kafka has it. */
    public void publish() throws InterruptedException, ExecutionException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int partition = 0; partition < published.length; partition++) {
            List<byte[]> records = partner.records(partition);
            for (byte[] value : records.subList(published[partition], records.size())) {
                sent.add(
                        producer.send(
                                new ProducerRecord<>(partner.topic(), partition, null, value)));
            }
            published[partition] = records.size();
        }
        producer.flush();
        for (Future<RecordMetadata> future : sent) {
            future.get();
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
