package io.sealroom.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.Run;
import io.sealroom.local.parts.LocalKafka;
import io.sealroom.schemas.policy.Mode;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.RoomFile;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Reject;
import io.sealroom.schemas.record.RejectReason;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.schemas.record.WithheldReason;
import io.sealroom.streaming.testing.TestingPartner;
import io.sealroom.streaming.testing.TestingRoom;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StatusCommandTest {

    private static final String NODE = "node-one";
    private static final int LONG_TOPIC = 2_000;

    private static LocalKafka kafka;
    private static int rooms;

    private final Path directory;
    private TestingRoom room = TestingRoom.small();
    private TestingPartner publisher = room.partner("publisher");
    private TestingPartner advertiser = room.partner("advertiser");

    StatusCommandTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeAll
    static void start() throws IOException {
        kafka = LocalKafka.start();
    }

    @AfterAll
    static void stop() {
        if (kafka != null) {
            kafka.close();
        }
    }

    @BeforeEach
    void openRoom() throws IOException {
        openRoom(Mode.FILE);
    }

    private void openRoom(Mode mode) throws IOException {
        String name = "status-" + rooms++;
        UnaryOperator<String> change =
                text ->
                        text.replace("room: small-room", "room: " + name)
                                .replace(
                                        "mode: file",
                                        mode == Mode.LIVE ? "mode: live" : "mode: file");
        room = TestingRoom.small(change);
        publisher = room.partner("publisher");
        advertiser = room.partner("advertiser");
        Files.writeString(policyFile(), TestingRoom.smallFile(change));
        Files.writeString(
                roomFile(),
                new RoomFile(
                                room.identity().chainId(),
                                room.identity().contract(),
                                0,
                                new TreeMap<>())
                        .toJson());
        for (TestingPartner partner : List.of(publisher, advertiser)) {
            kafka.createTopic(partner.topic(), partner.partitions(), Map.of());
        }
        for (String topic :
                List.of(
                        Topics.rejects(name, NODE),
                        Topics.pending(name, NODE),
                        Topics.releases(name, NODE),
                        Topics.withheld(name, NODE))) {
            kafka.createTopic(topic, 1, Map.of());
        }
    }

    private Path policyFile() {
        return directory.resolve("policy.yaml");
    }

    private Path roomFile() {
        return directory.resolve("room.json");
    }

    private void send(String topic, int partition, List<byte[]> values) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (byte[] value : values) {
                sent.add(producer.send(new ProducerRecord<>(topic, partition, null, value)));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private void sendAll(TestingPartner partner) {
        for (int partition = 0; partition < partner.partitions(); partition++) {
            send(partner.topic(), partition, partner.records(partition));
        }
    }

    private void reject(String partner, int partition, long offset, RejectReason reason) {
        send(
                Topics.rejects(room.policy().room(), NODE),
                0,
                List.of(Codecs.REJECT.encode(new Reject(partner, partition, offset, reason))));
    }

    private Run status(String... more) {
        return status(InstantSource.system(), more);
    }

    private Run status(InstantSource clock, String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "--policy",
                                policyFile().toString(),
                                "--room-file",
                                roomFile().toString(),
                                "--kafka",
                                kafka.bootstrapServers()));
        args.addAll(List.of(more));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                new CommandLine(new StatusCommand(clock))
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(args.toArray(String[]::new));
        return new Run(code, out.toString(), err.toString());
    }

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    @Test
    void status_onePartitionBehind_namesIt() {
        publisher.sealAll(room.minute(60));
        publisher.seal(1, room.minute(70));
        advertiser.sealAll(room.minute(80));
        sendAll(publisher);
        sendAll(advertiser);
        Run run = status();
        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.outLines())
                .anyMatch(
                        line ->
                                line.startsWith(
                                        "publisher/1: SEALING, sealed until "
                                                + at(room.minute(70))))
                .contains(
                        "windows that end after " + at(room.minute(60)) + " wait for publisher/0",
                        "node-one: computed until nothing yet, released until nothing yet,"
                                + " withheld nothing");
    }

    @Test
    void status_sealRefused_namesOffsetReasonAndSince() throws IOException {
        publisher.sealAll(room.minute(60));
        advertiser.sealAll(room.minute(120));
        int stands = advertiser.records(0).size();
        advertiser.sealAll(room.minute(180));
        sendAll(publisher);
        sendAll(advertiser);
        reject("advertiser", 0, stands, RejectReason.SEAL_COUNT);
        Run run = status("--json");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        JsonNode partition = new ObjectMapper().readTree(run.out()).required("partitions").get(2);
        assertThat(partition.required("partner").textValue()).isEqualTo("advertiser");
        assertThat(partition.required("state").textValue()).isEqualTo("REFUSED");
        assertThat(partition.required("sealedUntil").textValue())
                .isEqualTo(at(room.minute(120)).toString());
        assertThat(partition.required("refusedOffset").longValue()).isEqualTo(stands);
        assertThat(partition.required("refusedReason").textValue()).isEqualTo("SEAL_COUNT");
        assertThat(partition.required("since").textValue()).isNotEmpty();
        assertThat(partition.required("holds").booleanValue()).isFalse();
        assertThat(status().out()).contains("seal at offset " + stands + " refused, SEAL_COUNT");
    }

    /** Every seal behind the refused one is refused too, and what stands lies far back. */
    @Test
    void status_manyRecordsBehindTheLastSeal_findsIt() {
        advertiser.sealAll(room.minute(60));
        int offset = advertiser.records(0).size() - 1;
        for (int i = 0; i < LONG_TOPIC; i++) {
            advertiser.append(0, new byte[] {1});
        }
        sendAll(advertiser);
        assertThat(status().out())
                .contains(
                        String.format(
                                "advertiser/0: SEALING, sealed until %s (offset %d,",
                                at(room.minute(60)), offset));
    }

    @Test
    void status_repeatedSealRefused_isCalm() {
        advertiser.sealAll(room.minute(60));
        byte[] seal = advertiser.records(0).get(advertiser.records(0).size() - 1);
        advertiser.append(0, seal);
        sendAll(advertiser);
        reject("advertiser", 0, advertiser.records(0).size() - 1, RejectReason.SEAL_ORDER);
        assertThat(status().exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(status().out()).contains("advertiser/0: SEALING");
    }

    /** Evidence against the partner, and no window waits for it. */
    @Test
    void status_differingSealThatReachesFurther_isCalm() {
        advertiser.sealAll(room.minute(60));
        int second = advertiser.records(0).size();
        advertiser.append(0, Codecs.SEAL.encode(advertiser.nextSeal(0, room.minute(70))));
        sendAll(advertiser);
        reject("advertiser", 0, second, RejectReason.SEAL_DIFFERS);
        assertThat(status().exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(status().out())
                .contains("advertiser/0: SEALING, sealed until " + at(room.minute(60)));
    }

    /** Anybody can write into a test's topic: what the partner did not sign does not count. */
    @Test
    void status_forgedSeal_movesNothing() {
        advertiser.sealAll(room.minute(60));
        advertiser.append(
                0, Codecs.SEAL.encode(publisher.sign(advertiser.nextSeal(0, room.minute(70)))));
        sendAll(advertiser);
        assertThat(status().out())
                .contains("advertiser/0: SEALING, sealed until " + at(room.minute(60)));
    }

    @Test
    void status_liveRoomWithoutSealSinceItWasDue_isSilent() throws IOException {
        openRoom(Mode.LIVE);
        Policy policy = room.policy();
        advertiser.sealAll(room.minute(60));
        sendAll(advertiser);
        long due = room.minute(60) + 2 * (policy.sliceMillis() + policy.graceMillis());
        Run calm = status(InstantSource.fixed(at(due)));
        assertThat(calm.out()).contains("advertiser/0: SEALING");
        assertThat(calm.out()).contains("publisher/0: SILENT");
        Run run = status(InstantSource.fixed(at(due + 1)));
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(run.outLines())
                .anyMatch(
                        line ->
                                line.startsWith("advertiser/0: SILENT")
                                        && line.endsWith("since " + at(due)));
    }

    @Test
    void status_roomSealedToItsEnd_nobodyHolds() {
        publisher.sealAll(room.policy().endMillis());
        advertiser.sealAll(room.policy().endMillis());
        sendAll(publisher);
        sendAll(advertiser);
        assertThat(status().out())
                .contains("advertiser/0: ENDED", "every partition is sealed to the room's end");
    }

    @Test
    void status_windowWithheld_saysWhichAndWhy() {
        send(
                Topics.withheld(room.policy().room(), NODE),
                0,
                List.of(
                        Codecs.WITHHELD.encode(
                                new Withheld(
                                        "email-overlap",
                                        room.minute(0),
                                        room.minute(60),
                                        WithheldReason.BROKEN,
                                        "publisher",
                                        1))));
        assertThat(status().out())
                .contains(
                        String.format(
                                "last withheld email-overlap %s/%s, BROKEN of publisher",
                                at(room.minute(0)), at(room.minute(60))));
    }

    @Test
    void status_unknownNode_isUsage() {
        Run run =
                Run.of(
                        "status",
                        "--policy",
                        policyFile().toString(),
                        "--room-file",
                        roomFile().toString(),
                        "--kafka",
                        kafka.bootstrapServers(),
                        "--node",
                        "node-two");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("--node must be a node of the policy (node-one)");
    }
}
