package io.sealroom.partner.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sealroom.partner.input.RawTopicClients;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaClusterTest {

    /** A password with a blank and without quotes; one under the wrong key. */
    @ParameterizedTest
    @CsvSource({
        "sasl.jaas.config,"
                + "org.apache.kafka.common.security.plain.PlainLoginModule required username=p"
                + " password=correct horse;",
        "reconnect.backoff.ms,horse",
    })
    void fault_settingThatCannotBeUsed_quotesNothingOfItsValue(String name, String value) {
        KafkaException failure =
                catchThrowableOfType(
                        KafkaException.class,
                        () ->
                                RawTopicClients.consumer(
                                        topic(
                                                Map.of(
                                                        "security.protocol",
                                                        "SASL_PLAINTEXT",
                                                        "sasl.mechanism",
                                                        "PLAIN",
                                                        name,
                                                        value))));

        assertThat(failure).hasStackTraceContaining("horse");
        assertThat(KafkaCluster.fault(failure))
                .startsWith("the client settings cannot be used (")
                .doesNotContain("horse");
    }

    @ParameterizedTest
    @CsvSource({"Timed out waiting for a node"})
    void fault_anythingElse_isToldWithItsMessage(String message) {
        assertThat(KafkaCluster.fault(new TimeoutException(message))).contains(message);
        assertThat(KafkaCluster.fault(new KafkaException("outer", new TimeoutException(message))))
                .contains(message);
    }

    private static InputConfig.Topic topic(Map<String, String> settings) {
        return new InputConfig.Topic(
                new KafkaCluster("localhost:1", settings), "raw", "group", Path.of("rejects.csv"));
    }
}
