package io.sealroom.local.agents;

import io.sealroom.local.stack.TopicRecords;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** What agents have written to the topics of a room so far, committed records only. */
final class RoomRecords implements AutoCloseable {

    private final Policy policy;
    private final List<TopicPartition> watched = new ArrayList<>();
    private final KafkaConsumer<byte[], byte[]> consumer;

    RoomRecords(String kafka, Policy policy) {
        this.policy = policy;
        for (Partner partner : policy.partners()) {
            watched.add(requests(partner.name()));
            watched.addAll(events(partner));
        }
        consumer = TopicRecords.consumer(kafka);
    }

    /** Requests, events and seals of all partners, marks of transactions included. */
    long written() {
        return consumer.endOffsets(watched).values().stream().mapToLong(Long::longValue).sum();
    }

    /** Everything on an evaluator's requests topic. */
    List<byte[]> requestsOf(String evaluator) {
        return read(requests(evaluator));
    }

    /** Everything in one partition of a partner's events topic. */
    List<byte[]> eventsOf(Partner partner, int partition) {
        return read(events(partner).get(partition));
    }

    private TopicPartition requests(String evaluator) {
        return new TopicPartition(Topics.oprfRequests(policy.room(), evaluator), 0);
    }

    private List<TopicPartition> events(Partner partner) {
        String topic = Topics.events(policy.room(), partner.name());
        return IntStream.range(0, partner.partitions())
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    private List<byte[]> read(TopicPartition source) {
        return TopicRecords.read(consumer, source).stream().map(ConsumerRecord::value).toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
