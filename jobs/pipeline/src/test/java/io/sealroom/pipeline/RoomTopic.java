package io.sealroom.pipeline;

import io.sealroom.local.parts.KafkaBroker;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.Decoded;
import io.sealroom.schemas.record.RecordCodec;
import io.sealroom.streaming.testing.TestingPartner;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics of a room on a test broker. */
final class RoomTopic {

    private static final Map<String, String> EVENTS =
            Map.of("cleanup.policy", "delete", "retention.ms", "-1");

    private RoomTopic() {}

    /** Makes every topic that the two jobs read and write. */
    static void createAll(KafkaBroker kafka, Policy policy, String node) throws IOException {
        createEvents(kafka, policy);
        createOwn(kafka, policy, node);
    }

    /** Makes the partners' topics. */
    static void createEvents(KafkaBroker kafka, Policy policy) throws IOException {
        for (var partner : policy.suppliers()) {
            kafka.createTopic(
                    Topics.events(policy.room(), partner.name()), partner.partitions(), EVENTS);
        }
    }

    /** Makes the topics that carry the node's name. */
    static void createOwn(KafkaBroker kafka, Policy policy, String node) throws IOException {
        for (String topic :
                List.of(
                        Topics.pending(policy.room(), node),
                        Topics.rejects(policy.room(), node),
                        Topics.withheld(policy.room(), node),
                        Topics.releases(policy.room(), node))) {
            kafka.createTopic(topic, 1, EVENTS);
        }
    }

    /** Writes values into a topic's one partition. */
    static void produceValues(KafkaBroker kafka, String topic, List<byte[]> values) {
        send(kafka, topic, 1, partition -> values);
    }

    /** A producer whose transactions may stay open for longer than a test waits. */
    static KafkaProducer<byte[], byte[]> transactional(KafkaBroker kafka, String id) {
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                kafka.bootstrapServers(),
                                "transactional.id",
                                id,
                                "transaction.timeout.ms",
                                "600000"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    /** Writes everything a scripted partner wrote. */
    static void produce(KafkaBroker kafka, TestingPartner partner) {
        produceRange(kafka, partner, 0.0, 1.0);
    }

    /** Writes the records between two shares of each partition, say its first half. */
    static void produceRange(KafkaBroker kafka, TestingPartner partner, double from, double to) {
        send(
                kafka,
                partner,
                (partition, records) ->
                        records.subList(
                                (int) (from * records.size()), (int) (to * records.size())));
    }

    /** Writes everything but one record, as if the broker had lost it. */
    static void produceWithout(
            KafkaBroker kafka, TestingPartner partner, int lostPartition, int lostRecord) {
        send(
                kafka,
                partner,
                (partition, records) -> {
                    List<byte[]> left = new ArrayList<>(records);
                    if (partition == lostPartition) {
                        left.remove(lostRecord);
                    }
                    return left;
                });
    }

    private static void send(
            KafkaBroker kafka,
            TestingPartner partner,
            BiFunction<Integer, List<byte[]>, List<byte[]>> choice) {
        send(
                kafka,
                partner.topic(),
                partner.partitions(),
                partition -> choice.apply(partition, partner.records(partition)));
    }

    /** Writes values into each partition of a topic. */
    static void send(
            KafkaBroker kafka, String topic, int partitions, IntFunction<List<byte[]>> values) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                kafka.bootstrapServers(),
                                "enable.idempotence",
                                "true"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                for (byte[] value : values.apply(partition)) {
                    sent.add(producer.send(new ProducerRecord<>(topic, partition, null, value)));
                }
            }
            for (Future<RecordMetadata> acknowledgement : sent) {
                acknowledgement.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a record was not acknowledged", e);
        }
    }

    /** Everything a topic's one partition holds now. */
    static <T> List<T> read(KafkaBroker kafka, String topic, RecordCodec<T> codec) {
        List<T> records = new ArrayList<>();
        for (byte[] value : values(kafka, topic)) {
            if (codec.decode(value) instanceof Decoded.Ok<T> ok) {
                records.add(ok.record());
            } else {
                throw new IllegalStateException("a record of " + topic + " does not decode");
            }
        }
        return records;
    }

    static List<byte[]> values(KafkaBroker kafka, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka, "read_committed")) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = end(consumer, partition);
            List<byte[]> values = new ArrayList<>();
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record :
                        consumer.poll(Duration.ofMillis(100))) {
                    values.add(record.value());
                }
            }
            return values;
        }
    }

    /** Offset behind all records, committed or not, and the marks of transactions. */
    static long end(KafkaBroker kafka, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka, "read_uncommitted")) {
            return end(consumer, new TopicPartition(topic, 0));
        }
    }

    /** Whether no transaction is open, and every commit that was decided can be read. */
    static boolean isSettled(KafkaBroker kafka, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka, "read_committed")) {
            return end(consumer, new TopicPartition(topic, 0)) == end(kafka, topic);
        }
    }

    private static long end(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        return consumer.endOffsets(List.of(partition)).values().iterator().next();
    }

    private static KafkaConsumer<byte[], byte[]> consumer(KafkaBroker kafka, String isolation) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", isolation),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** How many records it holds now. */
    static int count(KafkaBroker kafka, String topic) {
        return values(kafka, topic).size();
    }
}
