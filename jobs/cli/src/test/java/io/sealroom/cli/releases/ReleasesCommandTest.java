package io.sealroom.cli.releases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.Run;
import io.sealroom.local.parts.Await;
import io.sealroom.local.parts.LocalKafka;
import io.sealroom.local.parts.Ports;
import io.sealroom.privacy.view.NoiseMargin;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseJson;
import io.sealroom.schemas.release.ReleaseJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasesCommandTest {

    private static LocalKafka kafka;

    private final Path directory;

    ReleasesCommandTest(@TempDir Path directory) {
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

    private static List<String> sample() throws IOException {
        try (InputStream in =
                ReleasesCommandTest.class.getResourceAsStream("/sample-release.jsonl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static byte[] record(String line) {
        try {
            return Codecs.RELEASE.encode(ReleaseJson.parse(line, 1));
        } catch (ReleaseJsonException e) {
            throw new AssertionError(e);
        }
    }

    /** Creates the topic of a node of its own for each test. */
    private static void create(String node) throws IOException {
        kafka.createTopic("spring-campaign." + node + ".releases", 1, Map.of());
    }

    private static void send(String node, boolean commit, List<byte[]> values) {
        String topic = "spring-campaign." + node + ".releases";
        try (KafkaProducer<byte[], byte[]> producer = producer(node)) {
            producer.beginTransaction();
            for (byte[] value : values) {
                producer.send(new ProducerRecord<>(topic, value)).get();
            }
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
        // A commit returns before readers see it; the next producer waits until they do.
        producer(node).close();
    }

    private static KafkaProducer<byte[], byte[]> producer(String node) {
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                kafka.bootstrapServers(),
                                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                "releases-test-" + node),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private static Run releases(String node, String format, String... more) {
        return Run.of(arguments(kafka.bootstrapServers(), node, format, more));
    }

    private static String[] arguments(
            String bootstrap, String node, String format, String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "releases",
                                "--room",
                                "spring-campaign",
                                "--kafka",
                                bootstrap,
                                "--node",
                                node,
                                "--format",
                                format));
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }

    @Test
    void releases_jsonl_areTheCommittedOnesByteForByte() throws IOException {
        create("node-jsonl");
        send("node-jsonl", true, List.of(record(sample().get(0))));
        send("node-jsonl", false, List.of(record(sample().get(1))));
        send("node-jsonl", true, List.of(record(sample().get(2)), record(sample().get(3))));
        Run run = releases("node-jsonl", "jsonl");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.out())
                .isEqualTo(
                        String.join("\n", sample().get(0), sample().get(2), sample().get(3))
                                + "\n");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void releases_csvIntoFile_hasALineForEachRow() throws Exception {
        create("node-csv");
        send("node-csv", true, List.of(record(sample().get(1))));
        Path file = directory.resolve("releases.csv");
        Run run = releases("node-csv", "csv", "--out", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.out()).isEmpty();
        Release release = ReleaseJson.parse(sample().get(1), 1);
        List<CSVRecord> rows =
                CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get()
                        .parse(new StringReader(Files.readString(file)))
                        .getRecords();
        assertThat(rows).hasSameSizeAs(release.pending().document().rows());
        assertThat(rows.get(0).toMap())
                .containsEntry("query", "email-last-touch")
                .containsEntry("start", "2026-01-05T00:00:00Z")
                .containsEntry("metric", "COUNT")
                .containsEntry("label", "news")
                .containsEntry("status", "OK")
                .containsEntry("value", "1000")
                .containsEntry("margin95", margin(release, Metric.COUNT))
                .containsEntry("releaseHash", release.pending().releaseHash().toHex());
        assertThat(rows.get(4).toMap())
                .containsEntry("label", "weather")
                .containsEntry("status", "SUPPRESSED")
                .containsEntry("value", "")
                .containsEntry("margin95", "");
    }

    private static String margin(Release release, Metric metric) {
        return NoiseMargin.of(release.pending().document().mechanism(metric).orElseThrow())
                .toString();
    }

    @Test
    void releases_jsonAndText_haveALineForEachRowWithItsMargin() throws Exception {
        create("node-json");
        send("node-json", true, List.of(record(sample().get(1))));
        Release release = ReleaseJson.parse(sample().get(1), 1);
        List<String> objects = releases("node-json", "json").outLines();
        assertThat(objects).hasSameSizeAs(release.pending().document().rows());
        JsonNode shown = new ObjectMapper().readTree(objects.get(1));
        assertThat(shown.required("metric").textValue()).isEqualTo("VALUE");
        assertThat(shown.required("value").textValue()).isEqualTo("1007");
        assertThat(shown.required("margin95").textValue()).isEqualTo(margin(release, Metric.VALUE));
        JsonNode suppressed = new ObjectMapper().readTree(objects.get(4));
        assertThat(suppressed.required("status").textValue()).isEqualTo("SUPPRESSED");
        assertThat(suppressed.required("margin95").textValue()).isEmpty();

        List<String> lines = releases("node-json", "text").outLines();
        assertThat(lines.get(0))
                .isEqualTo("email-last-touch  2026-01-05T00:00:00Z to 2026-01-05T01:00:00Z");
        assertThat(lines.get(2))
                .matches("  VALUE +news +1007  \\+- " + margin(release, Metric.VALUE));
        assertThat(lines.get(5)).matches("  COUNT +weather +SUPPRESSED *");
        assertThat(lines).hasSize(objects.size() + 1);
    }

    @Test
    void releases_fileExists_isUsageAndFileStays() throws IOException {
        create("node-exists");
        Path file = Files.writeString(directory.resolve("releases.jsonl"), "mine");
        Run run = releases("node-exists", "jsonl", "--out", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(file).hasContent("mine");
    }

    @Test
    void releases_recordThatIsNone_isReportedAndLeftOut() throws IOException {
        create("node-garbage");
        send(
                "node-garbage",
                true,
                List.of("secret".getBytes(StandardCharsets.UTF_8), record(sample().get(0))));
        Run run = releases("node-garbage", "jsonl");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(run.outLines()).containsExactly(sample().get(0));
        assertThat(run.err())
                .contains("partition 0, offset 0 is no release: UNDECODABLE")
                .doesNotContain("secret");
    }

    /** No node writes one; a copied topic may have them. */
    @Test
    void releases_windowsAgain_areLeftOutAndReportedIfTheyDiffer() throws Exception {
        create("node-again");
        String first = sample().get(0);
        send("node-again", true, List.of(record(first), record(sample().get(1)), record(first)));
        Run same = releases("node-again", "jsonl");
        assertThat(same.exitCode()).as(same.err()).isEqualTo(ExitCodes.OK);
        assertThat(same.outLines()).containsExactly(first, sample().get(1));

        Release release = ReleaseJson.parse(first, 1);
        Bytes32 otherHash = release.pending().root();
        send(
                "node-again",
                true,
                List.of(
                        Codecs.RELEASE.encode(
                                new Release(
                                        new PendingRelease(
                                                release.pending().document(),
                                                release.pending().root(),
                                                otherHash),
                                        release.receipt()))));
        Run different = releases("node-again", "jsonl");
        assertThat(different.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(different.outLines()).containsExactly(first, sample().get(1));
        assertThat(different.err())
                .hasLineCount(1)
                .contains("email-overlap, window of 2026-01-05T00:00:00Z: left out")
                .contains(otherHash + ", the first " + release.pending().releaseHash());
    }

    @Test
    void releases_emptyTopic_isNothing() throws IOException {
        create("node-empty");
        Run run = releases("node-empty", "jsonl");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void releases_follow_goesOnUntilInterrupted() throws Exception {
        create("node-follow");
        send("node-follow", true, List.of(record(sample().get(0))));
        Path file = directory.resolve("followed.jsonl");
        AtomicReference<@Nullable Run> result = new AtomicReference<>();
        Thread following =
                new Thread(
                        () ->
                                result.set(
                                        releases(
                                                "node-follow",
                                                "jsonl",
                                                "--follow",
                                                "--out",
                                                file.toString())));
        following.start();
        Await.until("the first release", Duration.ofSeconds(20), () -> lines(file) == 1);
        send("node-follow", true, List.of(record(sample().get(1))));
        Await.until("the second release", Duration.ofSeconds(20), () -> lines(file) == 2);
        following.interrupt();
        following.join(20_000);
        assertThat(result.get()).isNotNull().extracting(Run::exitCode).isEqualTo(ExitCodes.OK);
        assertThat(file).hasContent(String.join("\n", sample().subList(0, 2)));
    }

    private static long lines(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file).lines().count() : 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void releases_noSuchTopic_isUnavailable() {
        Run run = releases("node-none", "jsonl", "--timeout", "PT2S");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(run.err()).doesNotContain("\tat ");
    }

    @Test
    void releases_nobodyListens_isUnavailableAndMakesNoFile() throws IOException {
        Path file = directory.resolve("releases.jsonl");
        Run run =
                Run.of(
                        arguments(
                                "127.0.0.1:" + Ports.free(),
                                "node-one",
                                "jsonl",
                                "--timeout",
                                "PT1S",
                                "--out",
                                file.toString()));
        assertThat(run.exitCode()).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(file).doesNotExist();
    }

    @Test
    void releases_badUsage_isUsage() {
        assertThat(Run.of("releases").exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(releases("node-one", "xml").exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(releases("Node One", "csv").exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(releases("node-one", "csv", "--timeout", "PT0S").exitCode())
                .isEqualTo(ExitCodes.USAGE);
        assertThat(Run.of(arguments("nowhere", "node-one", "csv")).exitCode())
                .isEqualTo(ExitCodes.USAGE);
    }
}
