package io.sealroom.partner.config;

import io.sealroom.partner.ceremony.CeremonySource;
import io.sealroom.partner.ceremony.ChainCeremonyView;
import io.sealroom.partner.ceremony.HttpUrl;
import io.sealroom.partner.exchange.RetryTimes;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.KeySource;
import io.sealroom.partner.room.OpenRoom;
import io.sealroom.privacy.secret.KeyGeneration;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an agent is started with, checked as far as it can be without reading another file.
 *
 * @param policy policy file
 * @param room room file
 * @param keys secrets of the partner
 * @param seed file of the OPRF seed of this room
 * @param chain way to the chain that has the ceremony
 * @param kafka cluster of the room
 * @param partner name in the policy
 * @param state directory that outlives the process
 * @param input where events come from
 * @param stay whether to keep evaluating after the own work is done
 * @param stopOnStdinClose whether the end of standard input ends the agent
 * @param tokens how tokens of a live room are asked for and kept
 * @param metricsPort of the loopback address, 0 for a free one; null for no metrics endpoint
 * @param producerBuffer events on their way at most
 * @param retryTimes when unanswered requests are repeated
 * @param intervals how often ceremony and room are looked at
 * @param clock wall clock: of live mode, and of evaluable epochs
 */
public record AgentConfig(
        Path policy,
        Path room,
        KeySource keys,
        Path seed,
        CeremonySource chain,
        KafkaCluster kafka,
        String partner,
        Path state,
        InputConfig input,
        boolean stay,
        boolean stopOnStdinClose,
        TokensConfig tokens,
        @Nullable Integer metricsPort,
        int producerBuffer,
        RetryTimes retryTimes,
        OpenRoom.Intervals intervals,
        Clock clock) {

    /** Holds the key file's JSON, for systems that hand secrets over in the environment. */
    public static final String KEYS_VARIABLE = "SEALROOM_KEYS";

    /** Refused, with the reason. */
    public static final String SEED_VARIABLE = "SEALROOM_SEED";

    private static final Duration CHAIN_TIMEOUT = Duration.ofSeconds(30);
    private static final int PORT_MAX = 65_535;
    private static final int BATCH_MAX = 1024;
    private static final int CACHE_ENTRIES_MAX = 100_000_000;
    private static final int BUFFER_MAX = 10_000_000;
    private static final Duration CADENCE_MAX = Duration.ofHours(1);

    /**
     * Checks values and fills in defaults.
     *
     * @param values command line over configuration file
     * @throws AgentException if a required key is missing, a value is not what it must be, or keys
     *     contradict one another
     */
    public static AgentConfig of(ConfigValues values, Map<String, String> environment)
            throws AgentException {
        ConfigReader reader = new ConfigReader(values);
        InputConfig input = InputKeys.read(reader);
        boolean stopOnStdinClose = reader.flag(ConfigKey.STOP_ON_STDIN_CLOSE);
        if (stopOnStdinClose
                && input instanceof InputConfig.JsonLines lines
                && lines.file().isEmpty()) {
            throw AgentException.badInput(
                    "%s does not go with events from standard input, which end there",
                    ConfigKey.STOP_ON_STDIN_CLOSE.option());
        }
        KeySource keys = keys(reader, environment);
        return new AgentConfig(
                reader.requiredPath(ConfigKey.POLICY),
                reader.requiredPath(ConfigKey.ROOM),
                keys,
                seed(reader, keys, environment),
                chain(reader),
                new KafkaCluster(
                        reader.required(ConfigKey.KAFKA_BOOTSTRAP),
                        reader.settings(ConfigKey.KAFKA_SETTINGS)),
                reader.required(ConfigKey.PARTNER),
                reader.requiredPath(ConfigKey.STATE),
                input,
                reader.flag(ConfigKey.STAY),
                stopOnStdinClose,
                tokens(reader),
                reader.has(ConfigKey.METRICS_PORT)
                        ? reader.integer(ConfigKey.METRICS_PORT, 0, PORT_MAX)
                        : null,
                reader.integer(ConfigKey.PRODUCER_BUFFER, 1, BUFFER_MAX),
                RetryTimes.DEFAULT,
                OpenRoom.Intervals.DEFAULT,
                Clock.systemUTC());
    }

    private static TokensConfig tokens(ConfigReader reader) throws AgentException {
        return new TokensConfig(
                reader.duration(ConfigKey.TOKENS_CADENCE, Duration.ofSeconds(1), CADENCE_MAX)
                        .orElse(null),
                reader.integer(ConfigKey.TOKENS_BATCH, 1, BATCH_MAX),
                reader.integer(ConfigKey.TOKENS_CACHE_ENTRIES, 1, CACHE_ENTRIES_MAX),
                reader.flag(ConfigKey.TOKENS_CACHE_ON_DISK));
    }

    /** A file that is named wins over the environment. */
    private static KeySource keys(ConfigReader reader, Map<String, String> environment)
            throws AgentException {
        String json = environment.get(KEYS_VARIABLE);
        if (!reader.has(ConfigKey.KEYS) && json != null) {
            return new KeySource.InEnvironment(KEYS_VARIABLE, json);
        }
        return new KeySource.InFile(reader.requiredPath(ConfigKey.KEYS));
    }

    private static Path seed(ConfigReader reader, KeySource keys, Map<String, String> environment)
            throws AgentException {
        if (environment.containsKey(SEED_VARIABLE)) {
            throw AgentException.badInput(
                    "the seed cannot be given in %s: it moves forward with every epoch, so it must"
                            + " be a file that the agent can write (%s)",
                    SEED_VARIABLE, ConfigKey.SEED.option());
        }
        if (!reader.has(ConfigKey.SEED) && keys instanceof KeySource.InFile inFile) {
            return KeyGeneration.seedFileBeside(inFile.file(), reader.required(ConfigKey.PARTNER));
        }
        return reader.requiredPath(ConfigKey.SEED);
    }

    private static CeremonySource chain(ConfigReader reader) throws AgentException {
        reader.required(ConfigKey.CHAIN);
        HttpUrl url = reader.url(ConfigKey.CHAIN).orElseThrow();
        return (policy, identity, block) ->
                ChainCeremonyView.connect(url, policy, identity, block, CHAIN_TIMEOUT);
    }

    /** The partner only: paths and addresses lead to secrets. */
    @Override
    public String toString() {
        return "AgentConfig[" + partner + "]";
    }
}
