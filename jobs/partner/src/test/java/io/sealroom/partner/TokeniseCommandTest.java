package io.sealroom.partner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.TestRoom;
import io.sealroom.partner.session.StateDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that ends bulk work before it has met Kafka. */
class TokeniseCommandTest {

    private final TestRoom room = TestRoom.file("test-room");
    private final StringWriter err = new StringWriter();
    private final Path directory;

    TokeniseCommandTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        room.write(directory);
        Files.writeString(directory.resolve("base.csv"), "id_type,identifier\nemail,a@b\n");
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
                "--base",
                "--base-rejects",
                "--state"
            })
    void execute_requiredOptionMissing_isWrongUsage(String option) {
        List<String> arguments = arguments();
        int index = arguments.indexOf(option);
        arguments.subList(index, index + 2).clear();

        assertThat(execute(arguments)).isEqualTo(2);
        assertThat(err.toString()).contains("required", option);
    }

    @Test
    void execute_epochOutsideTheRoom_isRefused() {
        List<String> arguments = arguments();
        arguments.set(arguments.indexOf("--epoch") + 1, "7");

        assertThat(execute(arguments)).isEqualTo(2);
        assertThat(err.toString()).contains("publisher: epoch 7 is not evaluated now");
    }

    @Test
    void execute_baseWithAnotherHeader_isRefused() throws IOException {
        Files.writeString(directory.resolve("base.csv"), "identifier\n");

        assertThat(execute(arguments())).isEqualTo(2);
        assertThat(err.toString()).contains("id_type,identifier");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base.csv",
                "policy.yaml",
                "room.json",
                "publisher.json",
                "oprf-publisher.json"
            })
    void execute_rejectsOverAnInput_isRefused(String name) throws IOException {
        String before = Files.readString(directory.resolve(name));
        List<String> arguments = arguments();
        arguments.set(arguments.indexOf("--base-rejects") + 1, directory.resolve(name).toString());

        assertThat(execute(arguments)).isEqualTo(2);
        assertThat(err.toString()).contains("rejects would overwrite");
        assertThat(Files.readString(directory.resolve(name))).isEqualTo(before);
    }

    @Test
    void execute_whileTheAgentRuns_isRefused() throws AgentException {
        try (StateDirectory agent =
                StateDirectory.open(directory.resolve("state"), "test-room", "publisher")) {
            assertThat(execute(arguments())).isEqualTo(2);
            assertThat(err.toString()).contains("used by another agent");
            assertThat(agent.path()).exists();
        }
    }

    @Test
    void execute_kafkaSettingsMissing_isRefused() throws IOException {
        Files.delete(directory.resolve("kafka.properties"));

        assertThat(execute(arguments())).isEqualTo(2);
        assertThat(err.toString()).contains("kafka.properties", "cannot be read");
    }

    @Test
    void execute_kafkaAway_isUnavailable() {
        assertThat(execute(arguments())).isEqualTo(3);
        assertThat(err.toString()).contains("publisher: topic test-room.events.publisher");
    }

    private List<String> arguments() {
        return new ArrayList<>(
                List.of(
                        "--policy",
                        directory.resolve("policy.yaml").toString(),
                        "--room",
                        directory.resolve("room.json").toString(),
                        "--keys",
                        directory.resolve("publisher.json").toString(),
                        "--chain",
                        "http://localhost:1",
                        "--kafka",
                        "localhost:1",
                        "--kafka-settings",
                        directory.resolve("kafka.properties").toString(),
                        "--partner",
                        "publisher",
                        "--base",
                        directory.resolve("base.csv").toString(),
                        "--base-rejects",
                        directory.resolve("rejects.csv").toString(),
                        "--epoch",
                        Long.toString(room.policy().firstEpoch()),
                        "--state",
                        directory.resolve("state").toString()));
    }

    private int execute(List<String> arguments) {
        return TokeniseCommand.commandLine()
                .setErr(new PrintWriter(err, true))
                .setOut(new PrintWriter(new StringWriter(), true))
                .execute(arguments.toArray(String[]::new));
    }
}
