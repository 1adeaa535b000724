package io.sealroom.partner.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentConfigFileTest {

    private static final String SECRET = "canary-5e11";

    private static final String EVERYTHING =
            """
            policy: policy.yaml
            room: /etc/sealroom/room.json
            keys: partner-publisher.json
            seed: oprf-publisher.json
            chain: http://127.0.0.1:8545/${env:ACCESS}
            kafka:
              bootstrap: broker:9092
              settings:
                security.protocol: SASL_SSL
                sasl.jaas.config: module required password="${file:secret.txt}";
                request.timeout.ms: 20000
            partner: publisher
            state: state
            input:
              kind: topic
              file: "-"
              rejects: rejects.csv
              topic:
                bootstrap: own:9092
                name: impressions
                group: sealroom
                settings: {client.id: "${env:ACCESS}"}
            stay: true
            stopOnStdinClose: false
            tokens:
              cadence: PT5S
              batch: 128
              cacheEntries: 1000
              cacheOnDisk: false
            metrics: {port: 9400}
            producer: {buffer: 500}
            """;

    private final Path directory;

    AgentConfigFileTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void read_everyKey_isTakenWithPathsFromTheFilesDirectory() throws Exception {
        secretFile("rw-------");

        ConfigValues values = read(EVERYTHING);

        Set<ConfigKey> found =
                Stream.concat(values.texts().keySet().stream(), values.settings().keySet().stream())
                        .collect(Collectors.toSet());
        assertThat(found).containsExactlyInAnyOrder(ConfigKey.values());
        assertThat(values.texts())
                .containsEntry(ConfigKey.POLICY, directory.resolve("policy.yaml").toString())
                .containsEntry(ConfigKey.ROOM, "/etc/sealroom/room.json")
                .containsEntry(ConfigKey.INPUT_FILE, "-")
                .containsEntry(ConfigKey.CHAIN, "http://127.0.0.1:8545/" + SECRET)
                .containsEntry(ConfigKey.METRICS_PORT, "9400");
        assertThat(values.settings().get(ConfigKey.KAFKA_SETTINGS))
                .isEqualTo(
                        Map.of(
                                "security.protocol", "SASL_SSL",
                                "sasl.jaas.config", "module required password=\"" + SECRET + "\";",
                                "request.timeout.ms", "20000"));
        assertThat(values.settings().get(ConfigKey.INPUT_TOPIC_SETTINGS))
                .isEqualTo(Map.of("client.id", SECRET));
        assertThat(values.toString()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "polcy: x|polcy is no key",
                "kafka: {bootstrp: x}|kafka.bootstrp is no key",
                "input: {topic: {nme: x}}|input.topic.nme is no key",
                "kafka: x|kafka must be a map of keys",
                "kafka: {settings: x}|kafka.settings must be a map of settings",
                "kafka: {settings: {a: [1]}}|kafka.settings.a must be one value",
                "policy: [a]|policy must be one value",
                "policy:|policy must be one value",
                "policy: ''|policy must be one value",
                "[a]|the file must be a map of keys",
                "policy: \"a\\0b\"|policy must be a path",
                "chain: \"${file:a\\0b}\"|chain: the reference must name a path",
                "'policy: a\npolicy: b'|key policy is repeated at line 2",
                "'kafka: {settings: {a.b: 1, a.b: 2}}'|key a.b is repeated",
                "'a: b: c'|not YAML",
                "'policy: a\n---\npolicy: b'|not YAML",
                "chain: 'http://${vault:x}'|${file:PATH} or ${env:NAME}",
                "chain: 'http://${env:ACCESS'|${file:PATH} or ${env:NAME}",
                "chain: 'http://${ACCESS}'|${file:PATH} or ${env:NAME}",
                "chain: '${env:NOBODY}'|chain: the environment variable NOBODY is not set",
                "chain: '${file:none.txt}'|none.txt cannot be read",
            })
    void read_fileThatBreaksARule_namesFileAndKey(String text, String message) throws IOException {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        AgentException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT))
                .hasMessageContaining("agent.yaml")
                .hasMessageContaining(message);
    }

    @Test
    void read_duplicateOrBrokenValue_isNotQuoted() {
        assertThatThrownBy(() -> read("kafka: {settings: {p: " + SECRET + ", p: " + SECRET + "}}"))
                .hasMessageNotContaining(SECRET);
        assertThatThrownBy(() -> read("chain: \"" + SECRET))
                .hasMessageNotContaining(SECRET)
                .hasNoCause();
        assertThatThrownBy(() -> read("metrics: " + SECRET)).hasMessageNotContaining(SECRET);
    }

    @ParameterizedTest
    @CsvSource({"rw-r-----", "rw----r--", "rw--w----"})
    void read_secretFileWithAccessForOthers_isRefused(String mode) throws IOException {
        secretFile(mode);

        assertThatThrownBy(() -> read(EVERYTHING))
                .hasMessageContaining("secret.txt")
                .hasMessageContaining(mode)
                .hasMessageContaining("chmod 600")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void read_secretFileTooLongOrNotText_isRefused() throws IOException {
        Path file = secretFile("rw-------");
        Files.writeString(file, "x".repeat(SecretReferences.LENGTH_MAX + 1));
        assertThatThrownBy(() -> read(EVERYTHING)).hasMessageContaining("at most 65536 bytes");

        Files.write(file, new byte[] {(byte) 0xC3});
        assertThatThrownBy(() -> read(EVERYTHING)).hasMessageContaining("not UTF-8");
    }

    /** What is put in is data: a password that looks like a reference stays a password. */
    @Test
    void read_secretThatLooksLikeAReference_isNotResolved() throws Exception {
        Path file = secretFile("rw-------");
        Files.writeString(file, "${env:ACCESS}$1\\");

        assertThat(read("chain: \"${file:secret.txt}\"").texts())
                .containsEntry(ConfigKey.CHAIN, "${env:ACCESS}$1\\");
    }

    @Test
    void read_emptyFile_hasNoValues() throws Exception {
        assertThat(read("")).isEqualTo(ConfigValues.NONE);
        assertThat(read("# nothing\n")).isEqualTo(ConfigValues.NONE);
    }

    @Test
    void read_missingFile_isBadInput() {
        assertThatThrownBy(() -> AgentConfigFile.read(directory.resolve("none.yaml"), Map.of()))
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("none.yaml cannot be read");
    }

    @Test
    void over_bothNameAKey_theUpperWinsSettingBySetting() throws Exception {
        secretFile("rw-------");
        ConfigValues upper =
                new ConfigValues(
                        Map.of(ConfigKey.PARTNER, "advertiser"),
                        Map.of(
                                ConfigKey.KAFKA_SETTINGS,
                                Map.of("security.protocol", "PLAINTEXT", "client.id", "x")));

        ConfigValues merged = upper.over(read(EVERYTHING));

        assertThat(merged.texts())
                .containsEntry(ConfigKey.PARTNER, "advertiser")
                .containsEntry(ConfigKey.STAY, "true");
        assertThat(merged.settings().get(ConfigKey.KAFKA_SETTINGS))
                .containsEntry("security.protocol", "PLAINTEXT")
                .containsEntry("client.id", "x")
                .containsEntry("request.timeout.ms", "20000");
        assertThat(Arrays.asList(ConfigKey.values())).containsAll(merged.texts().keySet());
    }

    private Path secretFile(String mode) throws IOException {
        Path file = Files.writeString(directory.resolve("secret.txt"), SECRET + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private ConfigValues read(String text) throws AgentException, IOException {
        Path file = Files.writeString(directory.resolve("agent.yaml"), text);
        return AgentConfigFile.read(file, Map.of("ACCESS", SECRET));
    }
}
