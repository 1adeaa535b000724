package io.sealroom.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.local.parts.Await;
import io.sealroom.local.parts.LocalKafka;
import io.sealroom.privacy.identifier.IdentifierNormaliser;
import io.sealroom.privacy.identifier.NormalisationOutcome;
import io.sealroom.privacy.secret.KeyGeneration;
import io.sealroom.schemas.record.IdentifierKind;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a person runs it: what it says, what it leaves, and what it never wrote anywhere. */
class DemoProcessITCase {

    private static final Duration SOON = Duration.ofSeconds(30);

    /** With three nodes; the gate runs the demo with one besides. */
    @Test
    void demo_threeNodes_everyWindowVerifiedSameBytesNothingLeftAndNoIdentifierWritten(
            @TempDir Path directory) throws Exception {
        Path run = directory.resolve("run");
        Path out = directory.resolve("releases.jsonl");
        try (DemoProcess demo =
                DemoProcess.start(
                        run, "--small", "--nodes", "3", "--seed", "7", "--out", out.toString())) {
            assertThat(demo.awaitExit()).as(demo.output()).isZero();
            assertThat(demo.output())
                    .contains("12 releases: 12 verified, 0 mismatches")
                    .contains("node-two released the same bytes as node-one")
                    .contains("node-three released the same bytes as node-one")
                    .contains("12 windows of queries, 0 with different hashes")
                    .doesNotContain("NOT VERIFIED")
                    .doesNotContain("WITHHELD");
            assertThat(Files.readAllLines(out)).hasSize(12);
            assertThat(demo.childrenSeen()).isGreaterThanOrEqualTo(4);
            awaitNoSurvivor(demo);
        }
        assertThat(run.resolve("chain-state.json")).isNotEmptyFile();
        assertThat(run.resolve("node-one").resolve("checkpoints")).isNotEmptyDirectory();
        searchForIdentifiers(run);
    }

    private static void searchForIdentifiers(Path run) throws Exception {
        PatternSearch search = new PatternSearch();
        String canary = "";
        for (String file : List.of("exposures.csv", "conversions.csv")) {
            canary = addIdentifiers(search, run.resolve("input").resolve(file));
        }
        assertThat(search.size()).isGreaterThan(10_000);
        // Raw input is where identifiers belong; everything else a run writes is searched.
        deleteDirectory(run.resolve("input"));
        assertThat(search.hits(run)).isEmpty();
        plant(run, canary);
        assertThat(search.hits(run))
                .isNotEmpty()
                .allMatch(file -> file.toString().contains("canary"));
    }

    /** Raw and normal form of every identifier of a file; gives one of them back. */
    private static String addIdentifiers(PatternSearch search, Path file) throws IOException {
        IdentifierNormaliser normaliser = IdentifierNormaliser.forRegion("US");
        String last = "";
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (CSVRecord line :
                    CSVFormat.RFC4180
                            .builder()
                            .setHeader()
                            .setSkipHeaderRecord(true)
                            .get()
                            .parse(reader)) {
                String raw = line.get("identifier");
                IdentifierKind kind =
                        IdentifierKind.valueOf(line.get("id_type").toUpperCase(Locale.ROOT));
                search.addSecret(raw);
                if (normaliser.normalise(kind, raw)
                        instanceof NormalisationOutcome.Normalised normalised) {
                    last = new String(normalised.identifier().openUtf8(), StandardCharsets.UTF_8);
                    search.addSecret(last);
                }
            }
        }
        return last;
    }

    /** Writes one identifier to a topic of the same broker: the search has to find it there. */
    private static void plant(Path run, String canary)
            throws IOException, ExecutionException, InterruptedException {
        try (LocalKafka kafka = LocalKafka.start(run.resolve("kafka"))) {
            kafka.createTopic("canary", 1, Map.of());
            try (KafkaProducer<byte[], byte[]> producer =
                    new KafkaProducer<>(
                            Map.of("bootstrap.servers", kafka.bootstrapServers()),
                            new ByteArraySerializer(),
                            new ByteArraySerializer())) {
                byte[] value = ("{\"who\":\"" + canary + "\"}").getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>("canary", value)).get();
            }
        }
    }

    @Test
    void demo_interrupted_stopsAllItStarted(@TempDir Path directory) throws IOException {
        try (DemoProcess demo = DemoProcess.start(directory.resolve("run"), "--small")) {
            demo.awaitOutput("sealed slice");
            demo.interrupt();
            assertThat(demo.awaitExit()).isNotZero();
            assertThat(demo.childrenSeen()).isGreaterThanOrEqualTo(4);
            awaitNoSurvivor(demo);
        }
    }

    @Test
    void demo_agentKilled_saysSoAndStopsAllItStarted(@TempDir Path directory) throws IOException {
        try (DemoProcess demo = DemoProcess.start(directory.resolve("run"), "--small")) {
            demo.awaitOutput("starting the partners' agents");
            Await.until("an agent", SOON, () -> runsAgent(demo));
            demo.child("--partner advertiser").destroyForcibly();
            assertThat(demo.awaitExit()).isEqualTo(Demo.FAILED);
            assertThat(demo.output()).contains("the agent of advertiser ended with code");
            awaitNoSurvivor(demo);
        }
    }

    @Test
    void demo_nodeKilled_saysSoAndStopsAllItStarted(@TempDir Path directory) throws IOException {
        try (DemoProcess demo = DemoProcess.start(directory.resolve("run"), "--small")) {
            demo.awaitOutput("node-one: CleanRoomJob and PublishJob run");
            demo.child("--node node-one").destroyForcibly();
            assertThat(demo.awaitExit()).isEqualTo(Demo.FAILED);
            assertThat(demo.output()).contains("node node-one ended with code");
            awaitNoSurvivor(demo);
        }
    }

    private static boolean runsAgent(DemoProcess demo) {
        try {
            return demo.child("--partner advertiser").isAlive();
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    @Test
    void demo_unreadableInput_endsAtOnceWithTwo(@TempDir Path directory) throws IOException {
        try (DemoProcess demo =
                DemoProcess.start(
                        directory.resolve("run"),
                        "--exposures",
                        "no-such-file.csv",
                        "--conversions",
                        "no-such-file.csv")) {
            assertThat(demo.awaitExit()).isEqualTo(Demo.BAD_INPUT);
            assertThat(demo.output()).contains("--exposures: cannot read").doesNotContain("at io.");
            assertThat(demo.childrenSeen()).isZero();
        }
    }

    @Test
    void demo_policyThatIsNone_endsAtOnceWithTwo(@TempDir Path directory) throws IOException {
        Path keys = directory.resolve("keys");
        KeyGeneration.generate(keys, DemoPolicy.PARTNERS, DemoPolicy.nodes(1));
        Path policy = directory.resolve("policy.yaml");
        Files.writeString(
                policy,
                DemoPolicy.render(keys, LocalStack.LEDGER).replace("slice: PT10M", "slice: PT7M"));
        try (DemoProcess demo =
                DemoProcess.start(
                        directory.resolve("run"),
                        "--keys",
                        keys.toString(),
                        "--policy",
                        policy.toString())) {
            assertThat(demo.awaitExit()).isEqualTo(Demo.BAD_INPUT);
            assertThat(demo.output()).contains("slice (420000 ms) must divide");
        }
    }

    @Test
    void demo_nodesThatAreNotThose_endsAtOnceWithTwo(@TempDir Path directory) throws IOException {
        Path keys = directory.resolve("keys");
        KeyGeneration.generate(keys, DemoPolicy.PARTNERS, DemoPolicy.nodes(1));
        try (DemoProcess demo =
                DemoProcess.start(
                        directory.resolve("run"), "--keys", keys.toString(), "--nodes", "3")) {
            assertThat(demo.awaitExit()).isEqualTo(Demo.BAD_INPUT);
            assertThat(demo.output()).contains("--nodes: is 3, the directory of --keys has 1");
        }
        try (DemoProcess demo = DemoProcess.start(directory.resolve("run"), "--nodes", "2")) {
            assertThat(demo.awaitExit()).isEqualTo(Demo.BAD_INPUT);
            assertThat(demo.output()).contains("--nodes: must be 1 or 3");
        }
    }

    @Test
    void demo_keyFileReadableByOthers_endsAtOnceWithTwo(@TempDir Path directory)
            throws IOException {
        Path keys = directory.resolve("keys");
        KeyGeneration.generate(keys, DemoPolicy.PARTNERS, DemoPolicy.nodes(1));
        Files.setPosixFilePermissions(
                KeyGeneration.partnerFile(keys, "advertiser"),
                PosixFilePermissions.fromString("rw-r--r--"));
        try (DemoProcess demo =
                DemoProcess.start(directory.resolve("run"), "--keys", keys.toString())) {
            assertThat(demo.awaitExit()).isEqualTo(Demo.BAD_INPUT);
            assertThat(demo.output()).contains("partner-advertiser.json");
            assertThat(demo.childrenSeen()).isZero();
        }
    }

    private static void awaitNoSurvivor(DemoProcess demo) {
        Await.until(
                "every process that the demo started to end",
                SOON,
                () -> demo.survivors().isEmpty());
    }

    private static void deleteDirectory(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
