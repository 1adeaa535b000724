package io.sealroom.local.parts;

import java.io.IOException;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The published Kafka image of the clients' version, in a container. */
final class ContainerKafka implements KafkaBroker {

    private final KafkaContainer container;

    private ContainerKafka(KafkaContainer container) {
        this.container = container;
    }

    static ContainerKafka start() {
        KafkaContainer container =
                new KafkaContainer(
                                DockerImageName.parse("apache/kafka")
                                        .withTag(AppInfoParser.getVersion()))
                        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
        container.start();
        return new ContainerKafka(container);
    }

    @Override
    public String bootstrapServers() {
        return container.getBootstrapServers().replace("PLAINTEXT://", "");
    }

    @Override
    public void createTopic(String name, int partitions, Map<String, String> configs)
            throws IOException {
        TopicCreation.createTopic(bootstrapServers(), name, partitions, configs);
    }

    @Override
    public void close() {
        container.stop();
    }
}
