package io.sealroom.cli.room;

import static io.sealroom.cli.SampleChain.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.Run;
import io.sealroom.cli.verify.SampleRoom;
import io.sealroom.local.parts.LocalKafka;
import io.sealroom.local.parts.Ports;
import io.sealroom.schemas.policy.PolicyFile;
import io.sealroom.schemas.policy.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsCommandTest {

    private static LocalKafka kafka;

    private final Path directory;

    TopicsCommandTest(@TempDir Path directory) {
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

    /** The sample policy under another room's name. */
    private Path policy(String room) throws IOException {
        return Files.writeString(
                directory.resolve("policy.yaml"),
                Files.readString(SampleRoom.policyFile()).replace("spring-campaign", room));
    }

    private static Run topics(String bootstrap, Path policy, String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "room",
                                "topics",
                                "--policy",
                                policy.toString(),
                                "--kafka",
                                bootstrap,
                                "--replication",
                                "1"));
        args.addAll(List.of(more));
        return Run.of(args.toArray(String[]::new));
    }

    private static Run topics(Path policy, String... more) {
        return topics(kafka.bootstrapServers(), policy, more);
    }

    private static String config(String topic, String key) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            Map<ConfigResource, Config> configs =
                    admin.describeConfigs(List.of(resource)).all().get();
            for (ConfigEntry entry : configs.values().iterator().next().entries()) {
                if (entry.name().equals(key)) {
                    return entry.value();
                }
            }
        }
        throw new AssertionError(topic + " has no " + key);
    }

    @Test
    void topics_noneThere_createsAllWithAuditHorizon() throws Exception {
        Path policy = policy("with-horizon");
        JsonNode created = json(topics(policy, "--retention", "P90D", "--json"));
        assertThat(created.required("created").toString())
                .contains("with-horizon.events.publisher")
                .contains("with-horizon.oprf.requests.advertiser")
                .contains("with-horizon.signatures")
                .contains("with-horizon.node-one.releases");
        assertThat(created.required("existing")).isEmpty();
        String events = "with-horizon.events.publisher";
        assertThat(config(events, "retention.ms"))
                .isEqualTo(Long.toString(Duration.ofDays(90).plusHours(3).toMillis()));
        assertThat(config(events, "cleanup.policy")).isEqualTo("delete");
        assertThat(config(events, "message.timestamp.type")).isEqualTo("LogAppendTime");
        for (String topic : List.of(events, "with-horizon.oprf.requests.advertiser")) {
            assertThat(config(topic, "compression.type")).isEqualTo("uncompressed");
            assertThat(config(topic, "max.message.bytes")).isEqualTo("1048588");
        }
        assertThat(config("with-horizon.node-one.releases", "retention.ms")).isEqualTo("-1");

        Run again = topics(policy, "--retention", "P90D", "--json");
        assertThat(json(again).required("created")).isEmpty();
        assertThat(topics(policy, "--retention", "P90D").out())
                .contains("exists   with-horizon.signatures");
    }

    @Test
    void topics_manyCells_nodesOwnTakeTheLargestReleaseAndOthersDoNot() throws Exception {
        String cells =
                IntStream.range(0, 9_000)
                        .mapToObj(i -> "c" + i)
                        .collect(Collectors.joining(", ", "[", "]"));
        Path file = policy("many-cells");
        Files.writeString(file, Files.readString(file).replace("[news, sports, weather]", cells));
        assertThat(topics(file).exitCode()).isEqualTo(ExitCodes.OK);
        int releases = Topics.releaseBytesMax(PolicyFile.read(file));
        assertThat(releases).isGreaterThan(1_048_588);
        for (String topic : List.of("pending", "releases")) {
            assertThat(config("many-cells.node-one." + topic, "max.message.bytes"))
                    .isEqualTo(Integer.toString(releases));
        }
        for (String topic :
                List.of(
                        "node-one.withheld",
                        "node-one.rejects",
                        "signatures",
                        "events.publisher")) {
            assertThat(config("many-cells." + topic, "max.message.bytes")).isEqualTo("1048588");
        }
    }

    @Test
    void topics_noHorizon_areKeptForEver() throws Exception {
        Run run = topics(policy("for-ever"));
        assertThat(run.out()).contains("created  for-ever.events.advertiser");
        assertThat(config("for-ever.events.advertiser", "retention.ms")).isEqualTo("-1");
    }

    @Test
    void topics_otherShapeThere_namesItAndCreatesNothing() throws Exception {
        kafka.createTopic(
                "misshapen.events.publisher",
                3,
                Map.of(
                        "cleanup.policy",
                        "compact",
                        "retention.ms",
                        "1000",
                        "compression.type",
                        "producer",
                        "max.message.bytes",
                        "2000000"));
        Run run = topics(policy("misshapen"));
        assertThat(run.exitCode()).isEqualTo(ExitCodes.MISMATCH);
        assertThat(run.err())
                .contains("topic misshapen.events.publisher must have 2 partitions, it has 3")
                .contains("must have cleanup.policy delete, it has compact")
                .contains("must have retention.ms -1, it has 1000")
                .contains("must have compression.type uncompressed, it has producer")
                .contains("must have max.message.bytes 1048588, it has 2000000");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            assertThat(admin.listTopics().names().get())
                    .filteredOn(name -> name.startsWith("misshapen."))
                    .containsExactly("misshapen.events.publisher");
        }
    }

    @Test
    void topics_threeCopiesOnOneBroker_isUnavailable() throws IOException {
        Run three =
                Run.of(
                        "room",
                        "topics",
                        "--policy",
                        policy("copies").toString(),
                        "--kafka",
                        kafka.bootstrapServers());
        assertThat(three.exitCode()).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(three.err()).contains("replication");
    }

    @Test
    void topics_nobodyListens_isUnavailable() throws IOException {
        Run run = topics("127.0.0.1:" + Ports.free(), policy("nobody"), "--timeout", "PT1S");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(run.err()).doesNotContain("\tat ");
    }

    @Test
    void topics_badUsage_isUsage() throws IOException {
        Path policy = policy("usage");
        assertThat(topics(policy, "--retention", "soon").exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(topics(policy, "--retention", "-P1D").exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(topics("nowhere", policy).exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(Run.of("room", "topics").exitCode()).isEqualTo(ExitCodes.USAGE);
    }
}
