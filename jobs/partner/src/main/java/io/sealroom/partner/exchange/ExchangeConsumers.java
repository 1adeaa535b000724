package io.sealroom.partner.exchange;

import io.sealroom.partner.topic.KafkaClients;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Topics;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Where an agent begins to read the exchange's topics. */
final class ExchangeConsumers {

    /** A request of 1024 elements takes its time: few at a time keep replies coming. */
    private static final int REQUESTS_PER_POLL = 4;

    private ExchangeConsumers() {}

    /** Goes on where the last committed reply was; the first time, at the beginning. */
    static KafkaConsumer<byte[], byte[]> requests(KafkaClients clients, String room, String self) {
        TopicPartition partition = new TopicPartition(Topics.oprfRequests(room, self), 0);
        KafkaConsumer<byte[], byte[]> consumer =
                clients.committingConsumer(
                        List.of(partition),
                        "sealroom-" + room + "-" + self + "-evaluator",
                        REQUESTS_PER_POLL);
        OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
        long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        if (committed == null || committed.offset() < begin || committed.offset() > end) {
            // Before the beginning: deleted by age, and asked again. Beyond the end: made anew.
            // What is read twice is not charged twice: the quota ledger knows its ids.
            consumer.seekToBeginning(List.of(partition));
        } else {
            consumer.seek(partition, committed.offset());
        }
        return consumer;
    }

    /** From the present end: requests of this run have new ids. */
    static KafkaConsumer<byte[], byte[]> replies(KafkaClients clients, Policy policy, String self) {
        List<TopicPartition> partitions =
                policy.partners().stream()
                        .map(Partner::name)
                        .filter(name -> !name.equals(self))
                        .map(name -> Topics.oprfReplies(policy.room(), name, self))
                        .map(topic -> new TopicPartition(topic, 0))
                        .toList();
        KafkaConsumer<byte[], byte[]> consumer = clients.consumer(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy: a reply could come before the end is looked up.
        partitions.forEach(consumer::position);
        return consumer;
    }
}
