package io.sealroom.local.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKafkaTest extends KafkaBrokerContract {

    @Override
    KafkaBroker startBroker() throws IOException {
        return LocalKafka.start();
    }

    @Test
    void start_onDirectoryOfClosedBroker_keepsRecordsPortAndTransactionalIds(
            @TempDir Path directory) throws Exception {
        Map<String, String> writer = Map.of("transactional.id", "survivor");
        String address;
        try (LocalKafka broker = LocalKafka.start(directory)) {
            address = broker.bootstrapServers();
            broker.createTopic("kept", 1, Map.of());
            sendCommitted(broker, writer, "before");
        }
        try (LocalKafka broker = LocalKafka.start(directory)) {
            sendCommitted(broker, writer, "after");

            assertThat(broker.bootstrapServers()).isEqualTo(address);
            assertThat(Clients.readCommitted(broker, "kept", 2)).containsExactly("before", "after");
        }
        assertThat(directory).isNotEmptyDirectory();
    }

    @Test
    void close_ofTemporaryBroker_freesPortAndDeletesDirectory() throws IOException {
        LocalKafka broker = LocalKafka.start();
        int port = Integer.parseInt(broker.bootstrapServers().split(":", 2)[1]);
        assertThat(Ports.isFree(port)).isFalse();
        assertThat(broker.directory()).exists();

        broker.close();
        broker.close();

        assertThat(Ports.isFree(port)).isTrue();
        assertThat(broker.directory()).doesNotExist();
    }

    @Test
    void close_ofOnlyBroker_leavesNoThreadThatKeepsTheJvm(@TempDir Path directory)
            throws Exception {
        Path output = directory.resolve("output");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                StartAndClose.class.getName())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();

        try {
            Await.until("end of the JVM", Duration.ofSeconds(60), () -> !process.isAlive());
            assertThat(process.exitValue()).describedAs(Files.readString(output)).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void sendCommitted(KafkaBroker broker, Map<String, String> writer, String value)
            throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], String> producer = Clients.producer(broker, writer)) {
            producer.initTransactions();
            producer.beginTransaction();
            Clients.send(producer, "kept", value);
            producer.commitTransaction();
        }
    }

    /** A program that uses a broker and then returns from main. */
    static final class StartAndClose {
        private StartAndClose() {}

        public static void main(String[] arguments) throws IOException {
            try (LocalKafka broker = LocalKafka.start()) {
                broker.createTopic("any", 1, Map.of());
            }
        }
    }
}
