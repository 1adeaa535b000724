package io.sealroom.cli.signatures;

import static io.sealroom.cli.SampleChain.json;
import static io.sealroom.cli.SampleChain.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.Run;
import io.sealroom.cli.verify.SampleRoom;
import io.sealroom.contracts.ChainSigner;
import io.sealroom.contracts.Word;
import io.sealroom.local.parts.LocalKafka;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyFile;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.policy.RoomFile;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.release.ReleaseEntry;
import io.sealroom.schemas.release.SignedReleases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignaturesCommandTest {

    private static final List<ChainSigner> NODES =
            List.of(
                    SampleRoom.NODE,
                    ChainSigner.fromHex("55".repeat(32)),
                    ChainSigner.fromHex("66".repeat(32)));
    private static final long HOUR = 3_600_000;

    private static LocalKafka kafka;
    private static int rooms;

    private final Path directory;
    private Path policyFile;
    private Path roomFile;
    private Policy policy;
    private String topic = "";

    SignaturesCommandTest(@TempDir Path directory) {
        this.directory = directory;
        this.policyFile = directory.resolve("policy.yaml");
        this.roomFile = directory.resolve("room.json");
        this.policy = SampleRoom.policy();
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

    /** A room of its own for each test, with three nodes of which two are a quorum. */
    @BeforeEach
    void room() throws Exception {
        String room = "room-" + rooms++;
        String yaml = Files.readString(SampleRoom.policyFile()).replace("spring-campaign", room);
        int cells = yaml.indexOf("cells:");
        StringBuilder nodes = new StringBuilder();
        for (int i = 1; i < NODES.size(); i++) {
            nodes.append(
                    String.format(
                            "  - name: node-%d%n    address: \"%s\"%n    hpkePublicKey: \"%s\"%n",
                            i + 1,
                            NODES.get(i).account(),
                            SampleRoom.policy().nodes().get(0).hpkePublicKey().toHex()));
        }
        Files.writeString(
                policyFile,
                yaml.substring(0, cells) + nodes + "quorum: 2\n" + yaml.substring(cells));
        policy = PolicyFile.read(policyFile);
        Files.writeString(
                roomFile,
                new RoomFile(
                                SampleRoom.CHAIN_ID,
                                new Address(SampleRoom.CONTRACT.hex()),
                                0,
                                new TreeMap<>())
                        .toJson());
        topic = room + ".signatures";
        kafka.createTopic(topic, 1, Map.of());
    }

    private SignedReleases signed(int node, int window, String... hashes) throws IOException {
        List<ReleaseEntry> entries = new ArrayList<>();
        for (int i = 0; i < hashes.length; i++) {
            Query query = policy.queries().get(i);
            entries.add(new ReleaseEntry(query.id(), Digests.id(hashes[i])));
        }
        long start = policy.startMillis() + window * HOUR;
        SignedReleases unsigned = SignedReleases.unsigned(start, start + HOUR, entries);
        Bytes32 digest = unsigned.digest(RoomFile.read(roomFile).identity(policy));
        return unsigned.signed(Bytes.of(NODES.get(node).sign(Word.of(digest.toBytes())).toBytes()));
    }

    private void send(SignedReleases... all) {
        for (SignedReleases signed : all) {
            send(Codecs.SIGNED_RELEASES.encode(signed));
        }
    }

    private void send(byte[] value) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private Run signatures(String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "signatures",
                                "--policy",
                                policyFile.toString(),
                                "--room-file",
                                roomFile.toString(),
                                "--kafka",
                                kafka.bootstrapServers()));
        args.addAll(List.of(more));
        return Run.of(args.toArray(String[]::new));
    }

    private static String hex(String hash) {
        return Digests.id(hash).toHex();
    }

    @Test
    void signatures_allAgree_isOk() throws IOException {
        send(signed(2, 1, "c"), signed(0, 0, "a", "b"), signed(1, 0, "a", "b"));
        Run run = signatures();
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.OK);
        assertThat(run.outLines())
                .containsExactly(
                        "2026-01-05T00:00:00Z/2026-01-05T01:00:00Z email-overlap: "
                                + hex("a")
                                + " signed by node-2, node-one, a quorum",
                        "2026-01-05T00:00:00Z/2026-01-05T01:00:00Z email-last-touch: "
                                + hex("b")
                                + " signed by node-2, node-one, a quorum",
                        "2026-01-05T01:00:00Z/2026-01-05T02:00:00Z email-overlap: "
                                + hex("c")
                                + " signed by node-3",
                        "3 windows of queries, 0 with different hashes, 0 records that no node"
                                + " signed");
        JsonNode object = json(signatures("--json"));
        assertThat(object.required("agreed").booleanValue()).isTrue();
        assertThat(object.at("/windows/0/quorum").textValue()).isEqualTo(hex("a"));
        assertThat(object.at("/windows/2/quorum").isNull()).isTrue();
    }

    @Test
    void signatures_oneDisagrees_isNamedWithBothHashes() throws IOException {
        send(signed(0, 0, "a", "b"), signed(1, 0, "a", "tampered"), signed(2, 0, "a", "b"));
        Run run = signatures();
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(run.out())
                .contains(
                        "email-last-touch: node-2 DISAGREES: it signed "
                                + hex("tampered")
                                + ", the quorum "
                                + hex("b"))
                .contains("1 with different hashes");
        JsonNode object = object(signatures("--json"));
        assertThat(object.at("/windows/0/agreed").booleanValue()).isTrue();
        assertThat(object.at("/windows/1/disagreeing").toString()).isEqualTo("[\"node-2\"]");
        assertThat(object.at("/windows/1/hashes")).hasSize(2);
    }

    @Test
    void signatures_oneEquivocates_isNamedWithBothHashes() throws IOException {
        send(signed(0, 0, "a"), signed(1, 0, "a"), signed(1, 0, "other"));
        Run run = signatures();
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(run.out())
                .contains("node-2 EQUIVOCATES: it signed " + hex("a") + " and " + hex("other"))
                .doesNotContain("DISAGREES");
        assertThat(object(signatures("--json")).at("/windows/0/equivocating").toString())
                .isEqualTo("[\"node-2\"]");
    }

    /** An open transaction would hold back all evidence after it, an aborted one its own. */
    @Test
    void signatures_inTransactionsThatAreNotCommitted_countToo() throws Exception {
        send(signed(0, 0, "a"));
        try (KafkaProducer<byte[], byte[]> aborted = transactional("aborted");
                KafkaProducer<byte[], byte[]> open = transactional("open")) {
            aborted.send(value(signed(1, 0, "other"))).get();
            aborted.abortTransaction();
            open.send(value(signed(1, 0, "a"))).get();
            send(signed(2, 0, "a"));

            Run run = signatures("--timeout", "PT5S");
            assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.MISMATCH);
            assertThat(run.out())
                    .contains("signed by node-2, node-3, node-one, a quorum")
                    .contains("node-2 EQUIVOCATES: it signed " + hex("a") + " and " + hex("other"));
        }
    }

    private KafkaProducer<byte[], byte[]> transactional(String id) {
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                kafka.bootstrapServers(),
                                "transactional.id",
                                "signatures-test-" + id),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        return producer;
    }

    private ProducerRecord<byte[], byte[]> value(SignedReleases signed) {
        return new ProducerRecord<>(topic, Codecs.SIGNED_RELEASES.encode(signed));
    }

    @Test
    void signatures_allDifferent_hasNoQuorum() throws IOException {
        send(signed(0, 0, "a"), signed(1, 0, "b"), signed(2, 0, "c"));
        Run run = signatures();
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(run.out()).contains("DIFFERENT hashes, and none has a quorum");
    }

    @Test
    void signatures_notOfANode_countsForNothing() throws IOException {
        SignedReleases honest = signed(0, 0, "a");
        send(honest);
        // Signed for another window: recovers to nobody.
        send(
                new SignedReleases(
                        honest.start() + HOUR,
                        honest.end() + HOUR,
                        honest.releases(),
                        honest.signature()));
        send("secret".getBytes(StandardCharsets.UTF_8));
        Run run = signatures();
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(run.out()).contains("1 windows of queries").contains("2 records that no node");
        assertThat(run.err()).contains("offset 2 holds no signatures").doesNotContain("secret");
    }

    @Test
    void signatures_nothingThere_isOkOrUsageOrUnavailable() {
        assertThat(signatures().exitCode()).isEqualTo(ExitCodes.OK);
        roomFile = directory.resolve("none.json");
        assertThat(signatures().exitCode()).isEqualTo(ExitCodes.USAGE);
        roomFile = policyFile;
        assertThat(signatures().exitCode()).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void signatures_noSuchTopic_isUnavailable() throws IOException {
        Files.writeString(
                policyFile, Files.readString(policyFile).replace(policy.room(), "other-room"));
        Run run = signatures("--timeout", "PT2S");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.UNAVAILABLE);
    }
}
