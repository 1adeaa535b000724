package io.sealroom.partner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.partner.config.ConfigKey;
import io.sealroom.partner.room.TestRoom;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Everything that ends an agent before it has met Kafka. */
class PartnerAgentTest {

    private static final String HEADER = "event_id,id_type,identifier,timestamp,kind,cell,value";

    private final TestRoom room = TestRoom.file("test-room");
    private final StringWriter err = new StringWriter();
    private final Path directory;

    PartnerAgentTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        room.write(directory);
        Files.writeString(directory.resolve("publisher.csv"), HEADER + "\n");
        // Nobody listens there, and nobody waits long for it.
        Files.writeString(
                directory.resolve("kafka.properties"),
                "default.api.timeout.ms=500\nrequest.timeout.ms=400\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--policy",
                "--room",
                "--keys",
                "--chain",
                "--kafka",
                "--partner",
                "--state"
            })
    void execute_requiredOptionMissing_isWrongUsage(String option) {
        List<String> arguments = new ArrayList<>(arguments());
        int index = arguments.indexOf(option);
        arguments.subList(index, index + 2).clear();

        assertThat(execute(arguments)).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required option " + option);
    }

    @Test
    void execute_inputWithoutRejects_isWrongUsage() {
        List<String> arguments = new ArrayList<>(arguments());
        int index = arguments.indexOf("--rejects");
        arguments.subList(index, index + 2).clear();

        assertThat(execute(arguments)).isEqualTo(2);
        assertThat(err.toString()).contains("--input and --rejects go together");
    }

    @Test
    void execute_supplierWithoutInput_isBadInput() {
        List<String> arguments = new ArrayList<>(arguments());
        int index = arguments.indexOf("--input");
        arguments.subList(index, index + 4).clear();

        assertThat(execute(arguments)).isEqualTo(2);
        assertThat(err.toString()).contains("publisher supplies events: it needs an input");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "publisher.csv",
                "publisher.json",
                "oprf-publisher.json",
                "policy.yaml",
                "room.json"
            })
    void execute_rejectsOverAFileThatIsRead_isBadInputAndLeavesIt(String file) throws IOException {
        String before = Files.readString(directory.resolve(file));
        List<String> arguments = new ArrayList<>(arguments());
        arguments.set(
                arguments.indexOf("--rejects") + 1, directory.resolve("./" + file).toString());

        assertThat(execute(arguments)).isEqualTo(2);
        assertThat(err.toString()).contains("rejects would overwrite", file);
        assertThat(directory.resolve(file)).content().isEqualTo(before);
    }

    @Test
    void execute_inputThatCannotBeRead_isBadInput() throws IOException {
        Files.delete(directory.resolve("publisher.csv"));

        assertThat(execute(arguments())).isEqualTo(2);
        assertThat(err.toString()).contains("publisher: input", "publisher.csv cannot be read");
    }

    @Test
    void execute_inputWithAnotherHeader_isBadInput() throws IOException {
        Files.writeString(directory.resolve("publisher.csv"), "id,email\n");

        assertThat(execute(arguments())).isEqualTo(2);
        assertThat(err.toString()).contains("the first line must be " + HEADER);
    }

    @Test
    void execute_policyThatIsNone_isBadInput() throws IOException {
        Files.writeString(directory.resolve("policy.yaml"), "room: x\n");

        assertThat(execute(arguments())).isEqualTo(2);
        assertThat(err.toString()).contains("policy.yaml");
    }

    @Test
    void execute_policyMissing_isBadInput() throws IOException {
        Files.delete(directory.resolve("policy.yaml"));

        assertThat(execute(arguments())).isEqualTo(2);
        assertThat(err.toString()).contains("policy.yaml");
    }

    @Test
    void execute_policyThatNoRoomCanRun_isBadInput() throws IOException {
        Path policy = directory.resolve("policy.yaml");
        Files.writeString(policy, Files.readString(policy) + "maxAhead: PT5M\n");

        assertThat(execute(arguments())).isEqualTo(2);
        assertThat(err.toString()).contains("policy.yaml", "maxAhead");
    }

    @Test
    void execute_keyFileOthersMayRead_isBadInput() throws IOException {
        Files.setPosixFilePermissions(
                directory.resolve("publisher.json"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(execute(arguments())).isEqualTo(2);
        assertThat(err.toString()).contains("publisher.json", "rw-r--r--", "chmod 600");
    }

    @Test
    void execute_roomFileOfOtherKeys_isBadInput() throws IOException {
        Files.writeString(
                directory.resolve("room.json"), TestRoom.file("test-room").roomFile().toJson());

        assertThat(execute(arguments())).isEqualTo(2);
        assertThat(err.toString())
                .contains("OPRF public key of publisher", "is not that of the seed file");
    }

    @Test
    void execute_seedElsewhere_isFoundWhereItIs() throws IOException {
        Path elsewhere = directory.resolve("seed.json");
        Files.move(directory.resolve("oprf-publisher.json"), elsewhere);

        assertThat(execute(arguments())).isEqualTo(2);
        assertThat(err.toString()).contains("oprf-publisher.json: does not exist");

        List<String> arguments = new ArrayList<>(arguments());
        arguments.addAll(List.of("--seed", elsewhere.toString()));
        assertThat(execute(arguments)).isEqualTo(3);
        assertThat(Files.readString(elsewhere)).contains("\"room\" : null");
    }

    @Test
    void execute_seedOfAnotherPartner_isBadInput() throws IOException {
        Files.copy(
                directory.resolve("oprf-advertiser.json"),
                directory.resolve("oprf-publisher.json"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);

        assertThat(execute(arguments())).isEqualTo(2);
        assertThat(err.toString()).contains("belongs to advertiser, not to publisher");
    }

    @Test
    void execute_chainThatIsNoUrl_isWrongUsageWithoutQuotingIt() {
        List<String> arguments = new ArrayList<>(arguments());
        arguments.set(arguments.indexOf("--chain") + 1, "secret@nowhere");

        assertThat(execute(arguments)).isEqualTo(2);
        assertThat(err.toString()).contains("must be an http or https URL");
    }

    @Test
    void execute_roomFileThatIsNone_isBadInput() throws IOException {
        Files.writeString(directory.resolve("room.json"), "[]");

        assertThat(execute(arguments())).isEqualTo(2);
        assertThat(err.toString()).contains("not a room file");
    }

    @Test
    void execute_partnerThatIsNotInThePolicy_isBadInput() {
        List<String> arguments = new ArrayList<>(arguments());
        arguments.set(arguments.indexOf("--partner") + 1, "nobody");

        assertThat(execute(arguments)).isEqualTo(2);
        assertThat(err.toString()).contains("nobody: the policy has no partner nobody");
    }

    @Test
    void execute_stateThatIsAFile_isBadInput() throws IOException {
        Files.writeString(directory.resolve("state"), "");

        assertThat(execute(arguments())).isEqualTo(2);
        assertThat(err.toString()).contains("state directory", "cannot be used");
    }

    @Test
    void execute_kafkaAway_isUnavailable() {
        assertThat(execute(arguments())).isEqualTo(3);
        assertThat(err.toString()).contains("test-room.events.publisher cannot be described");
    }

    @Test
    void execute_kafkaAddressThatIsNone_isUnavailable() {
        List<String> arguments = new ArrayList<>(arguments());
        arguments.set(arguments.indexOf("--kafka") + 1, "nowhere");

        assertThat(execute(arguments)).isEqualTo(3);
        assertThat(err.toString()).contains("Kafka at nowhere");
    }

    @Test
    void execute_kafkaSettingsMissing_isBadInput() throws IOException {
        Files.delete(directory.resolve("kafka.properties"));

        assertThat(execute(arguments())).isEqualTo(2);
        assertThat(err.toString()).contains("kafka.properties cannot be read");
    }

    @Test
    void help_listsExitCodes() {
        StringWriter out = new StringWriter();
        CommandLine commandLine = PartnerAgent.commandLine().setOut(new PrintWriter(out, true));

        assertThat(commandLine.execute("--help")).isZero();
        assertThat(out.toString()).contains("Exit codes:", "stop-on-stdin-close");
    }

    /** All but those that say how to run once, and not what is run. */
    @Test
    void options_everyOne_hasAKeyInTheFile() {
        List<String> options =
                PartnerAgent.commandLine().getCommandSpec().options().stream()
                        .map(OptionSpec::longestName)
                        .toList();

        assertThat(options)
                .containsAll(Arrays.stream(ConfigKey.values()).map(ConfigKey::option).toList());
        assertThat(
                        options.stream()
                                .filter(
                                        option ->
                                                Arrays.stream(ConfigKey.values())
                                                        .noneMatch(
                                                                key ->
                                                                        key.option()
                                                                                .equals(option))))
                .containsExactlyInAnyOrder("--config", "--dry-run", "--help", "--version");
    }

    @Test
    void execute_configurationFile_isEnoughAndOptionsWinOverIt() throws IOException {
        Path config =
                Files.writeString(
                        directory.resolve("agent.yaml"),
                        """
                        policy: policy.yaml
                        room: room.json
                        keys: publisher.json
                        chain: http://127.0.0.1:1
                        kafka:
                          bootstrap: 127.0.0.1:1
                          settings: {default.api.timeout.ms: 500, request.timeout.ms: 400}
                        partner: publisher
                        state: state
                        input: {file: publisher.csv, rejects: rejects.csv}
                        """);

        assertThat(execute(List.of("--config", config.toString()))).isEqualTo(3);
        assertThat(err.toString()).contains("test-room.events.publisher cannot be described");
        assertThat(execute(List.of("--config", config.toString(), "--partner", "nobody")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("nobody: the policy has no partner nobody");
    }

    @Test
    void execute_configurationFileWithAnUnknownKey_isBadInput() throws IOException {
        Path config = Files.writeString(directory.resolve("agent.yaml"), "polcy: policy.yaml\n");

        assertThat(execute(List.of("--config", config.toString()))).isEqualTo(2);
        assertThat(err.toString()).contains("partner: configuration", "polcy is no key");
    }

    @Test
    void execute_topicInAFileRoom_isBadInput() {
        List<String> arguments = new ArrayList<>(arguments());
        int index = arguments.indexOf("--input");
        arguments.subList(index, index + 2).clear();
        arguments.addAll(
                List.of(
                        "--input-format=topic",
                        "--input-kafka=127.0.0.1:1",
                        "--input-topic=raw",
                        "--input-group=group"));

        assertThat(execute(arguments)).isEqualTo(2);
        assertThat(err.toString()).contains("a topic has no end");
    }

    @Test
    void execute_metricsPortTaken_isBadInput() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<String> arguments = new ArrayList<>(arguments());
            arguments.add("--metrics-port=" + taken.getLocalPort());

            assertThat(execute(arguments)).isEqualTo(2);
            assertThat(err.toString()).contains("metrics cannot be served at 127.0.0.1");
        }
    }

    @Test
    void execute_dryRunWithKafkaAway_isUnavailableAndKeepsNoState() {
        List<String> arguments = new ArrayList<>(arguments());
        arguments.add("--dry-run");

        assertThat(execute(arguments)).isEqualTo(3);
        assertThat(directory.resolve("state")).doesNotExist();
    }

    @Test
    void execute_secretOfSettingsMissing_isBadInput() throws IOException {
        Files.writeString(
                directory.resolve("kafka.properties"), "ssl.key.password=${env:SEALROOM_NOBODY}\n");

        assertThat(execute(arguments())).isEqualTo(2);
        assertThat(err.toString())
                .contains("ssl.key.password: the environment variable SEALROOM_NOBODY is not set");
    }

    @Test
    void group_run_isASubcommand() {
        StringWriter out = new StringWriter();

        assertThat(
                        PartnerCommand.commandLine()
                                .setOut(new PrintWriter(out, true))
                                .execute("run", "--help"))
                .isZero();
        assertThat(out.toString()).startsWith("Usage: partner run").contains("--config");
    }

    private List<String> arguments() {
        return Arrays.asList(
                "--policy",
                directory.resolve("policy.yaml").toString(),
                "--room",
                directory.resolve("room.json").toString(),
                "--keys",
                directory.resolve("publisher.json").toString(),
                "--chain",
                "http://127.0.0.1:1",
                "--kafka",
                "127.0.0.1:1",
                "--kafka-settings",
                directory.resolve("kafka.properties").toString(),
                "--partner",
                "publisher",
                "--input",
                directory.resolve("publisher.csv").toString(),
                "--rejects",
                directory.resolve("rejects.csv").toString(),
                "--state",
                directory.resolve("state").toString());
    }

    private int execute(List<String> arguments) {
        return PartnerAgent.commandLine()
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
