package io.sealroom.local.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every {@link KafkaBroker} must do; one broker for all methods, a topic for each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KafkaBrokerContract {

    private KafkaBroker broker;

    abstract KafkaBroker startBroker() throws IOException;

    @BeforeAll
    void start() throws IOException {
        broker = startBroker();
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    @Test
    void createTopic_withPartitionsAndConfigs_hasThem() throws Exception {
        broker.createTopic("shaped", 3, Map.of("retention.ms", "86400000"));

        try (Admin admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                broker.bootstrapServers()))) {
            Map<String, TopicDescription> topics =
                    admin.describeTopics(Set.of("shaped")).allTopicNames().get();
            assertThat(topics.values()).first().returns(3, t -> t.partitions().size());
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, "shaped");
            Map<ConfigResource, Config> configs =
                    admin.describeConfigs(Set.of(resource)).all().get();
            assertThat(configs.values())
                    .first()
                    .returns("86400000", c -> c.get("retention.ms").value());
        }
    }

    @Test
    void createTopic_existing_isRefused() throws IOException {
        broker.createTopic("once", 1, Map.of());

        assertThatThrownBy(() -> broker.createTopic("once", 1, Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("once")
                .hasRootCauseInstanceOf(TopicExistsException.class);
    }

    @Test
    void send_toTopicNeverCreated_isRefused() {
        try (KafkaProducer<byte[], String> producer =
                Clients.producer(broker, Map.of("max.block.ms", "500"))) {
            assertThatThrownBy(() -> Clients.send(producer, "never-created", "lost"))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void readCommitted_abortedThenCommitted_givesCommittedOnly() throws Exception {
        broker.createTopic("transactions", 1, Map.of());
        try (KafkaProducer<byte[], String> producer =
                Clients.producer(broker, Map.of("transactional.id", "writer"))) {
            producer.initTransactions();
            producer.beginTransaction();
            Clients.send(producer, "transactions", "aborted");
            producer.abortTransaction();
            producer.beginTransaction();
            Clients.send(producer, "transactions", "committed");
            producer.commitTransaction();
        }

        assertThat(Clients.readCommitted(broker, "transactions", 1)).containsExactly("committed");
    }

    @Test
    void commit_afterSecondWriterOfSameTransactionalId_isFenced() throws Exception {
        broker.createTopic("fenced", 1, Map.of());
        Map<String, String> writer = Map.of("transactional.id", "one-writer");
        try (KafkaProducer<byte[], String> first = Clients.producer(broker, writer);
                KafkaProducer<byte[], String> second = Clients.producer(broker, writer)) {
            first.initTransactions();
            first.beginTransaction();
            Clients.send(first, "fenced", "from the first");
            second.initTransactions();

            assertThatThrownBy(first::commitTransaction)
                    .isInstanceOf(ProducerFencedException.class);
        }
    }
}
