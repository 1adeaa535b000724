package io.sealroom.partner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.local.parts.Await;
import io.sealroom.local.parts.LocalKafka;
import io.sealroom.partner.ceremony.AnvilCeremonyChain;
import io.sealroom.partner.ceremony.TestParties;
import io.sealroom.partner.room.TestRoom;
import io.sealroom.partner.topic.KafkaClients;
import io.sealroom.partner.topic.RoomTopics;
import io.sealroom.schemas.policy.RoomFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two agents as processes of their own, killed and ended the ways processes are. */
@Timeout(120)
class PartnerProcessITCase {

    private static final String HEADER = "event_id,id_type,identifier,timestamp,kind,cell,value\n";

    @Test
    void main_killedAndStartedAgain_finishesAndEndsWithItsParentOrSignal(@TempDir Path directory)
            throws Exception {
        TestRoom room = TestRoom.file("processes");
        room.write(directory);
        write(directory, "publisher", "view,news,", 200);
        write(directory, "advertiser", "conversion,,5", 100);
        // Of the agents only --chain may say what the keys are.
        Files.writeString(
                directory.resolve("room.json"),
                new RoomFile(
                                room.identity().chainId(),
                                room.identity().contract(),
                                1,
                                new TreeMap<>())
                        .toJson());
        try (LocalKafka kafka = LocalKafka.start();
                AnvilCeremonyChain chain = AnvilCeremonyChain.start(room)) {
            TestParties parties = new TestParties(room, chain);
            parties.approve("publisher");
            parties.approve("advertiser");
            parties.reveal("publisher");
            try (Admin admin = new KafkaClients(kafka.bootstrapServers(), Map.of()).admin()) {
                RoomTopics.create(admin, room.policy(), (short) 1);
            }
            Process advertiser =
                    start(directory, kafka, chain, "advertiser", "--stay", "--stop-on-stdin-close");
            Process publisher = start(directory, kafka, chain, "publisher");
            try {
                awaitLine(
                        directory,
                        "publisher",
                        "publisher: waits for the ceremony: advertiser has not revealed its keys");
                parties.reveal("advertiser");
                awaitLine(directory, "publisher", "publisher: sealed slice 3 of 18");
                publisher.destroyForcibly().waitFor();
                publisher = start(directory, kafka, chain, "publisher");
                assertThat(publisher.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(publisher.exitValue()).describedAs(err(directory, "publisher")).isZero();
                assertThat(out(directory, "publisher"))
                        .contains("publisher: sealed slice 18 of 18", "publisher: done: ");

                awaitLine(directory, "advertiser", "advertiser: done: 100 events sent");
                assertThat(advertiser.isAlive()).isTrue();
                advertiser.getOutputStream().close();
                assertThat(advertiser.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(advertiser.exitValue())
                        .describedAs(err(directory, "advertiser"))
                        .isZero();
            } finally {
                publisher.destroyForcibly();
                advertiser.destroyForcibly();
            }

            assertThat(TopicAudit.of(room, "publisher", kafka.bootstrapServers()).events())
                    .hasSize(200);
            assertThat(TopicAudit.of(room, "advertiser", kafka.bootstrapServers()).events())
                    .hasSize(100);
            assertThat(err(directory, "publisher") + err(directory, "advertiser"))
                    .doesNotContain("example.org");
        }
    }

    private static Process start(
            Path directory,
            LocalKafka kafka,
            AnvilCeremonyChain chain,
            String partner,
            String... more)
            throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                PartnerAgent.class.getName()));
        Map.of(
                        "--policy", directory.resolve("policy.yaml"),
                        "--room", directory.resolve("room.json"),
                        "--keys", directory.resolve(partner + ".json"),
                        "--input", directory.resolve(partner + ".csv"),
                        "--rejects", directory.resolve(partner + "-rejects.csv"),
                        "--state", directory.resolve("state"))
                .forEach((option, file) -> command.addAll(List.of(option, file.toString())));
        command.addAll(List.of("--chain", chain.rpcUrl()));
        command.addAll(List.of("--kafka", kafka.bootstrapServers(), "--partner", partner));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(
                                directory.resolve(partner + ".out").toFile()))
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(
                                directory.resolve(partner + ".err").toFile()))
                .start();
    }

    private static void awaitLine(Path directory, String partner, String line) {
        Await.until(line, Duration.ofSeconds(60), () -> out(directory, partner).contains(line));
    }

    private static String out(Path directory, String partner) {
        return text(directory.resolve(partner + ".out"));
    }

    private static String err(Path directory, String partner) {
        return text(directory.resolve(partner + ".err"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path directory, String partner, String rest, int count)
            throws IOException {
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 0; i < count; i++) {
            rows.append(
                    "e%d,email,person%d@example.org,%d,%s%n"
                            .formatted(
                                    i, i, TestRoom.START + i * (3 * TestRoom.HOUR / count), rest));
        }
        Files.writeString(directory.resolve(partner + ".csv"), rows);
    }
}
