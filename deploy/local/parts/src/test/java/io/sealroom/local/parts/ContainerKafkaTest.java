package io.sealroom.local.parts;

import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;

@EnabledIf(
        value = "dockerAnswers",
        disabledReason = "no Docker answers here: the container broker cannot be started")
class ContainerKafkaTest extends KafkaBrokerContract {

    @Override
    KafkaBroker startBroker() {
        return ContainerKafka.start();
    }

    static boolean dockerAnswers() {
        return DockerClientFactory.instance().isDockerAvailable();
    }
}
