package io.sealroom.partner.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;
import io.sealroom.partner.room.KeySource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AgentConfigTest {

    private static final Map<ConfigKey, String> REQUIRED =
            Map.of(
                    ConfigKey.POLICY, "policy.yaml",
                    ConfigKey.ROOM, "room.json",
                    ConfigKey.KEYS, "secret/keys.json",
                    ConfigKey.CHAIN, "https://chain.example/canary",
                    ConfigKey.KAFKA_BOOTSTRAP, "broker:9092",
                    ConfigKey.PARTNER, "publisher",
                    ConfigKey.STATE, "state");

    @Test
    void of_requiredKeysOnly_hasDefaults() throws Exception {
        AgentConfig config = config(Map.of());

        assertThat(config.policy()).isEqualTo(Path.of("policy.yaml"));
        assertThat(config.keys()).isEqualTo(new KeySource.InFile(Path.of("secret/keys.json")));
        assertThat(config.seed()).isEqualTo(Path.of("secret/oprf-publisher.json"));
        assertThat(config.toString()).doesNotContain("canary");
        assertThat(config.kafka()).isEqualTo(new KafkaCluster("broker:9092", Map.of()));
        assertThat(config.input()).isEqualTo(new InputConfig.None());
        assertThat(config.stay()).isFalse();
        assertThat(config.stopOnStdinClose()).isFalse();
        assertThat(config.tokens()).isEqualTo(TokensConfig.DEFAULT);
        assertThat(config.metricsPort()).isNull();
        assertThat(config.producerBuffer()).isEqualTo(10_000);
    }

    @Test
    void of_everythingGiven_isTaken() throws Exception {
        AgentConfig config =
                config(
                        Map.of(
                                ConfigKey.SEED, "seed.json",
                                ConfigKey.STAY, "true",
                                ConfigKey.TOKENS_CADENCE, "PT5S",
                                ConfigKey.TOKENS_BATCH, "128",
                                ConfigKey.TOKENS_CACHE_ENTRIES, "1000",
                                ConfigKey.TOKENS_CACHE_ON_DISK, "false",
                                ConfigKey.METRICS_PORT, "0",
                                ConfigKey.PRODUCER_BUFFER, "500"));

        assertThat(config.seed()).isEqualTo(Path.of("seed.json"));
        assertThat(config.stay()).isTrue();
        assertThat(config.tokens())
                .isEqualTo(new TokensConfig(Duration.ofSeconds(5), 128, 1000, false));
        assertThat(config.metricsPort()).isZero();
        assertThat(config.producerBuffer()).isEqualTo(500);
        assertThat(config).hasToString("AgentConfig[publisher]");
    }

    @ParameterizedTest
    @EnumSource(names = {"POLICY", "ROOM", "KEYS", "CHAIN", "KAFKA_BOOTSTRAP", "PARTNER", "STATE"})
    void of_requiredKeyMissing_namesOptionAndKey(ConfigKey missing) {
        Map<ConfigKey, String> texts = new EnumMap<>(REQUIRED);
        texts.remove(missing);

        assertThatThrownBy(() -> AgentConfig.of(new ConfigValues(texts, Map.of()), Map.of()))
                .hasMessageContaining("Missing required option " + missing.option())
                .hasMessageContaining(missing.key());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CHAIN|ftp://x|an http or https URL",
                "CHAIN|canary:8545|an http or https URL",
                "CHAIN|http:///canary|an http or https URL",
                "STAY|yes|true or false",
                "TOKENS_CADENCE|5|an ISO-8601 duration from PT1S to PT1H",
                "TOKENS_CADENCE|PT0.5S|an ISO-8601 duration from PT1S to PT1H",
                "TOKENS_CADENCE|PT2H|an ISO-8601 duration from PT1S to PT1H",
                "TOKENS_BATCH|0|an integer from 1 to 1024",
                "TOKENS_BATCH|1025|an integer from 1 to 1024",
                "TOKENS_CACHE_ENTRIES|many|an integer from 1 to 100000000",
                "TOKENS_CACHE_ON_DISK|1|true or false",
                "METRICS_PORT|-1|an integer from 0 to 65535",
                "METRICS_PORT|65536|an integer from 0 to 65535",
                "METRICS_PORT|127.0.0.1:9400|an integer from 0 to 65535",
                "PRODUCER_BUFFER|0|an integer from 1 to 10000000",
                "INPUT_KIND|xml|csv, jsonl, topic or none",
            })
    void of_valueThatBreaksItsRule_namesOptionKeyAndRule(ConfigKey key, String value, String rule) {
        assertThatThrownBy(() -> config(Map.of(key, value)))
                .isInstanceOfSatisfying(
                        AgentException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT))
                .hasMessage("%s (%s) must be %s", key.option(), key.key(), rule);
    }

    @Test
    void of_seedInTheEnvironment_isRefusedWithTheReason() {
        assertThatThrownBy(
                        () ->
                                AgentConfig.of(
                                        new ConfigValues(REQUIRED, Map.of()),
                                        Map.of(AgentConfig.SEED_VARIABLE, "canary")))
                .hasMessageContaining("SEALROOM_SEED")
                .hasMessageContaining("moves forward with every epoch")
                .hasMessageNotContaining("canary");
    }

    @Test
    void of_keysInTheEnvironment_areTakenUnlessAFileIsNamed() throws Exception {
        Map<String, String> environment = Map.of(AgentConfig.KEYS_VARIABLE, "canary");
        Map<ConfigKey, String> texts = new EnumMap<>(REQUIRED);
        assertThat(AgentConfig.of(new ConfigValues(texts, Map.of()), environment).keys())
                .isInstanceOf(KeySource.InFile.class);

        texts.remove(ConfigKey.KEYS);
        assertThatThrownBy(() -> AgentConfig.of(new ConfigValues(texts, Map.of()), environment))
                .hasMessageContaining("Missing required option --seed");
        texts.put(ConfigKey.SEED, "seed.json");
        KeySource keys = AgentConfig.of(new ConfigValues(texts, Map.of()), environment).keys();

        assertThat(keys).isEqualTo(new KeySource.InEnvironment("SEALROOM_KEYS", "canary"));
        assertThat(keys.toString()).doesNotContain("canary");
        assertThatThrownBy(keys::read)
                .hasMessageContaining("SEALROOM_KEYS")
                .hasMessageNotContaining("canary");
    }

    @Test
    void of_inputs_byKind() throws Exception {
        Path rejects = Path.of("r.csv");
        Map<ConfigKey, String> file =
                Map.of(ConfigKey.INPUT_FILE, "in", ConfigKey.INPUT_REJECTS, "r.csv");

        assertThat(config(file).input()).isEqualTo(new InputConfig.Csv(Path.of("in"), rejects));
        assertThat(config(with(file, ConfigKey.INPUT_KIND, "jsonl")).input())
                .isEqualTo(new InputConfig.JsonLines(Path.of("in"), rejects));
        assertThat(
                        config(
                                        with(
                                                with(file, ConfigKey.INPUT_KIND, "jsonl"),
                                                ConfigKey.INPUT_FILE,
                                                "-"))
                                .input())
                .isEqualTo(new InputConfig.JsonLines(null, rejects));
        assertThat(config(topic()).input())
                .isEqualTo(
                        new InputConfig.Topic(
                                new KafkaCluster("own:9092", Map.of()), "raw", "group", rejects));
    }

    @Test
    void of_inputKeysThatContradictOneAnother_areRefused() {
        Map<ConfigKey, String> file =
                Map.of(ConfigKey.INPUT_FILE, "-", ConfigKey.INPUT_REJECTS, "r.csv");

        assertThatThrownBy(() -> config(file)).hasMessageContaining("CSV is read from a file");
        assertThatThrownBy(() -> config(Map.of(ConfigKey.INPUT_FILE, "in")))
                .hasMessageContaining("--input and --rejects go together");
        assertThatThrownBy(() -> config(Map.of(ConfigKey.INPUT_REJECTS, "r.csv")))
                .hasMessageContaining("--input and --rejects go together");
        assertThatThrownBy(() -> config(with(file, ConfigKey.INPUT_TOPIC_NAME, "raw")))
                .hasMessageContaining("--input-topic (input.topic.name) has no meaning")
                .hasMessageContaining("csv");
        assertThatThrownBy(() -> config(with(topic(), ConfigKey.INPUT_FILE, "in")))
                .hasMessageContaining("--input (input.file) has no meaning");
        assertThatThrownBy(() -> config(with(file, ConfigKey.INPUT_KIND, "none")))
                .hasMessageContaining("has no meaning for input of kind none");
        Map<ConfigKey, String> withoutGroup = new EnumMap<>(topic());
        withoutGroup.remove(ConfigKey.INPUT_TOPIC_GROUP);
        assertThatThrownBy(() -> config(withoutGroup)).hasMessageContaining("--input-group");
        assertThatThrownBy(
                        () ->
                                config(
                                        with(
                                                with(file, ConfigKey.INPUT_KIND, "jsonl"),
                                                ConfigKey.STOP_ON_STDIN_CLOSE,
                                                "true")))
                .hasMessageContaining("--stop-on-stdin-close does not go with");
    }

    @Test
    void toString_ofACluster_hasNoSettings() {
        assertThat(new KafkaCluster("b:1", Map.of("ssl.key.password", "canary")).toString())
                .contains("b:1", "ssl.key.password")
                .doesNotContain("canary");
    }

    private static Map<ConfigKey, String> topic() {
        return Map.of(
                ConfigKey.INPUT_KIND, "topic",
                ConfigKey.INPUT_TOPIC_BOOTSTRAP, "own:9092",
                ConfigKey.INPUT_TOPIC_NAME, "raw",
                ConfigKey.INPUT_TOPIC_GROUP, "group",
                ConfigKey.INPUT_REJECTS, "r.csv");
    }

    private static Map<ConfigKey, String> with(
            Map<ConfigKey, String> texts, ConfigKey key, String value) {
        Map<ConfigKey, String> more = new EnumMap<>(texts);
        more.put(key, value);
        return more;
    }

    private static AgentConfig config(Map<ConfigKey, String> more) throws AgentException {
        Map<ConfigKey, String> texts = new EnumMap<>(REQUIRED);
        texts.putAll(more);
        return AgentConfig.of(new ConfigValues(texts, Map.of()), Map.of());
    }
}
