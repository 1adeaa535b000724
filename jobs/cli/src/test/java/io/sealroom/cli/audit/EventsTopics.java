package io.sealroom.cli.audit;

import io.sealroom.local.parts.KafkaBroker;
import io.sealroom.streaming.testing.TestingPartner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts what a scripted partner wrote on a broker. */
final class EventsTopics {

    private EventsTopics() {}

    /** Makes a partner's topic with its records. */
    static void write(KafkaBroker kafka, TestingPartner partner) throws IOException {
        write(kafka, partner, (partition, records) -> records);
    }

    /**
     * The same with other records.
     *
     * @param altered gives the records of a partition that are written
     */
    static void write(
            KafkaBroker kafka,
            TestingPartner partner,
            BiFunction<Integer, List<byte[]>, List<byte[]>> altered)
            throws IOException {
        kafka.createTopic(
                partner.topic(),
                partner.partitions(),
                Map.of("cleanup.policy", "delete", "retention.ms", "-1"));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            for (int partition = 0; partition < partner.partitions(); partition++) {
                for (byte[] value : altered.apply(partition, partner.records(partition))) {
                    sent.add(
                            producer.send(
                                    new ProducerRecord<>(partner.topic(), partition, null, value)));
                }
            }
            for (Future<?> acknowledgement : sent) {
                acknowledgement.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException("a record was not acknowledged", e);
        }
    }
}
