package io.sealroom.partner.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.local.parts.Await;
import io.sealroom.local.parts.LocalKafka;
import io.sealroom.partner.config.InputConfig;
import io.sealroom.partner.config.KafkaCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker: who reads the raw topic. */
class RawTopicClientsITCase {

    private static final TopicPartition PARTITION = new TopicPartition("raw", 0);
    private static final Duration POLL = Duration.ofMillis(100);

    /** The group misses a dead member after 45 s, and one that no longer polls after 5 minutes. */
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void agent_whileTheOneBeforeIsStillAMember_hasItsPartitionAtOnceAndFencesIt(
            @TempDir Path directory) throws Exception {
        try (LocalKafka kafka = LocalKafka.start()) {
            kafka.createTopic("raw", 1, Map.of());
            InputConfig.Topic topic =
                    new InputConfig.Topic(
                            new KafkaCluster(kafka.bootstrapServers(), Map.of()),
                            "raw",
                            "publisher",
                            directory.resolve("rejects.csv"));
            try (Consumer<byte[], byte[]> dead = RawTopicClients.agent(topic);
                    Consumer<byte[], byte[]> next = RawTopicClients.agent(topic)) {
                awaitPartition(dead);

                awaitPartition(next);

                assertThat(next.assignment()).containsExactly(PARTITION);
                assertThatThrownBy(() -> Await.until("the fence", SOON, () -> polls(dead)))
                        .isInstanceOf(FencedInstanceIdException.class);
            }
        }
    }

    private static void awaitPartition(Consumer<byte[], byte[]> consumer) throws Exception {
        consumer.subscribe(List.of("raw"), new FromTheBeginning(consumer));
        Await.until(
                "the partition",
                SOON,
                () -> {
                    consumer.poll(POLL);
                    return !consumer.assignment().isEmpty();
                });
    }

    private static boolean polls(Consumer<byte[], byte[]> consumer) {
        consumer.poll(POLL);
        return false;
    }

    private record FromTheBeginning(Consumer<byte[], byte[]> consumer)
            implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.seekToBeginning(partitions);
        }
    }
}
