package io.sealroom.partner.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;
import io.sealroom.partner.topic.KafkaClients;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.Test;

class TopicThreadTest {

    @Test
    void run_faultOfTheProgram_isTold() throws Exception {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaClients("127.0.0.1:1", Map.of()).consumer(List.of());
        // Polling a closed consumer is an illegal state, not a failure of Kafka.
        consumer.close();
        CompletableFuture<AgentException> failure = new CompletableFuture<>();

        try (TopicThread thread =
                new TopicThread("requests", consumer, (from, records) -> {}, failure::complete)) {
            thread.start();
            AgentException told = failure.get(30, TimeUnit.SECONDS);

            assertThat(told).hasMessage("requests: ended by java.lang.IllegalStateException");
            assertThat(told.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        }
    }
}
