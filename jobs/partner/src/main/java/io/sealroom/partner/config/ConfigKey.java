package io.sealroom.partner.config;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything that can be configured: its key in the file, its option and its default. */
public enum ConfigKey {
    POLICY("policy", "--policy", Kind.PATH, "FILE", "the policy; required"),
    ROOM(
            "room",
            "--room",
            Kind.PATH,
            "FILE",
            "chain id, contract and the block that created it; required"),
    KEYS(
            "keys",
            "--keys",
            Kind.PATH,
            "FILE",
            "this partner's key file, mode 600; required, unless its content is in the environment"
                    + " as SEALROOM_KEYS"),
    SEED(
            "seed",
            "--seed",
            Kind.PATH,
            "FILE",
            "this partner's OPRF seed of this room, mode 600; it is replaced as epochs pass (default:"
                    + " oprf-NAME.json beside the key file)"),
    CHAIN(
            "chain",
            "--chain",
            Kind.SECRET_TEXT,
            "URL",
            "JSON-RPC endpoint of the chain: nothing is evaluated before all partners have revealed"
                    + " their keys there; required"),
    KAFKA_BOOTSTRAP(
            "kafka.bootstrap",
            "--kafka",
            Kind.TEXT,
            "HOST:PORT",
            "bootstrap servers of the room's Kafka; required"),
    KAFKA_SETTINGS(
            "kafka.settings",
            "--kafka-settings",
            Kind.SETTINGS,
            "FILE",
            "further client settings, such as those of TLS, as properties; a value may name a"
                    + " secret by file or environment variable"),
    PARTNER(
            "partner",
            "--partner",
            Kind.TEXT,
            "NAME",
            "this partner's name in the policy; required"),
    STATE("state", "--state", Kind.PATH, "DIR", "directory that outlives the process; required"),
    INPUT_KIND(
            "input.kind",
            "--input-format",
            Kind.TEXT,
            "KIND",
            "csv, jsonl, topic or none; without it csv if there is an input, else none"),
    INPUT_FILE(
            "input.file",
            "--input",
            Kind.PATH_OR_DASH,
            "FILE",
            "events, or - for standard input; not for a partner that only evaluates"),
    INPUT_REJECTS(
            "input.rejects",
            "--rejects",
            Kind.PATH,
            "FILE",
            "where rejected lines are listed; required with an input"),
    INPUT_TOPIC_BOOTSTRAP(
            "input.topic.bootstrap",
            "--input-kafka",
            Kind.TEXT,
            "HOST:PORT",
            "bootstrap servers of the cluster that holds the raw topic"),
    INPUT_TOPIC_NAME("input.topic.name", "--input-topic", Kind.TEXT, "NAME", "the raw topic"),
    INPUT_TOPIC_GROUP(
            "input.topic.group",
            "--input-group",
            Kind.TEXT,
            "NAME",
            "consumer group that its offsets are committed under"),
    INPUT_TOPIC_SETTINGS(
            "input.topic.settings",
            "--input-kafka-settings",
            Kind.SETTINGS,
            "FILE",
            "further client settings for that cluster, as properties"),
    STAY(
            "stay",
            "--stay",
            Kind.FLAG,
            "",
            "keep evaluating for the others after the own work, until SIGTERM",
            "false"),
    STOP_ON_STDIN_CLOSE(
            "stopOnStdinClose",
            "--stop-on-stdin-close",
            Kind.FLAG,
            "",
            "end when standard input ends, as it does with the parent process",
            "false"),
    TOKENS_CADENCE(
            "tokens.cadence",
            "--token-cadence",
            Kind.TEXT,
            "DURATION",
            "live rooms: from one batch of misses to the next; without it, it follows from the"
                    + " quota"),
    TOKENS_BATCH(
            "tokens.batch",
            "--token-batch",
            Kind.TEXT,
            "N",
            "live rooms: elements of a batch, padding included",
            "64"),
    TOKENS_CACHE_ENTRIES(
            "tokens.cacheEntries",
            "--token-cache-entries",
            Kind.TEXT,
            "N",
            "tokens of one epoch that are kept in memory",
            "1000000"),
    TOKENS_CACHE_ON_DISK(
            "tokens.cacheOnDisk",
            "--token-cache-on-disk",
            Kind.FLAG,
            "",
            "keep tokens, encrypted, in the state directory too",
            "true"),
    METRICS_PORT(
            "metrics.port",
            "--metrics-port",
            Kind.TEXT,
            "PORT",
            "serve Prometheus metrics at 127.0.0.1; 0 takes a free port"),
    PRODUCER_BUFFER(
            "producer.buffer",
            "--producer-buffer",
            Kind.TEXT,
            "N",
            "live rooms: events on their way at most",
            "10000");

    /** How a value in the file is taken. */
    enum Kind {
        TEXT,
        /** True or false. */
        FLAG,
        /** May hold references to secrets. */
        SECRET_TEXT,
        /** Relative to the directory of the file. */
        PATH,
        /** As {@link #PATH}, or {@code -} for standard input. */
        PATH_OR_DASH,
        /** A map of client settings, whose values may hold references to secrets. */
        SETTINGS
    }

    private final String key;
    private final String option;
    private final Kind kind;
    private final String label;
    private final String description;
    private final @Nullable String defaultText;

    ConfigKey(String key, String option, Kind kind, String label, String description) {
        this(key, option, kind, label, description, null);
    }

    ConfigKey(
            String key,
            String option,
            Kind kind,
            String label,
            String description,
            @Nullable String defaultText) {
        this.key = key;
        this.option = option;
        this.kind = kind;
        this.label = label;
        this.description = description;
        this.defaultText = defaultText;
    }

    /** With dots between the levels of the file: {@code kafka.bootstrap}. */
    public String key() {
        return key;
    }

    /** On the command line. */
    public String option() {
        return option;
    }

    /** What the option's value is called in a usage text. */
    public String label() {
        return label;
    }

    /** What it is for, in one line. */
    public String description() {
        return description;
    }

    /** Nothing: required, or its absence means something of its own. */
    public Optional<String> defaultText() {
        return Optional.ofNullable(defaultText);
    }

    /** Whether it is a map of settings; its option names a properties file. */
    public boolean isSettings() {
        return kind == Kind.SETTINGS;
    }

    /** Whether its option takes no value, and has a form that negates it. */
    public boolean isFlag() {
        return kind == Kind.FLAG;
    }

    Kind kind() {
        return kind;
    }

    static Optional<ConfigKey> ofKey(String key) {
        return Arrays.stream(values()).filter(each -> each.key.equals(key)).findFirst();
    }

    /** Whether {@code path} is a level above keys, such as {@code kafka}. */
    static boolean isGroup(String path) {
        return Arrays.stream(values()).anyMatch(each -> each.key.startsWith(path + "."));
    }
}
