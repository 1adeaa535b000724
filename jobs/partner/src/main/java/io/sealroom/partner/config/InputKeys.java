package io.sealroom.partner.config;

import io.sealroom.partner.exit.AgentException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads the keys below {@code input}, which depend on one another. */
final class InputKeys {

    private static final String STANDARD_INPUT = "-";

    private static final Set<ConfigKey> ALL =
            EnumSet.range(ConfigKey.INPUT_FILE, ConfigKey.INPUT_TOPIC_SETTINGS);

    private static final Set<ConfigKey> OF_FILES =
            EnumSet.of(ConfigKey.INPUT_FILE, ConfigKey.INPUT_REJECTS);

    private static final Set<ConfigKey> OF_TOPICS =
            EnumSet.range(ConfigKey.INPUT_REJECTS, ConfigKey.INPUT_TOPIC_SETTINGS);

    private InputKeys() {}

    static InputConfig read(ConfigReader reader) throws AgentException {
        boolean hasFile = reader.has(ConfigKey.INPUT_FILE);
        boolean hasRejects = reader.has(ConfigKey.INPUT_REJECTS);
        if ((hasFile && !hasRejects)
                || (hasRejects && !hasFile && !reader.has(ConfigKey.INPUT_KIND))) {
            throw AgentException.badInput("--input and --rejects go together");
        }
        String kind =
                reader.text(ConfigKey.INPUT_KIND)
                        .orElse(reader.has(ConfigKey.INPUT_FILE) ? "csv" : "none");
        return switch (kind) {
            case "none" -> {
                requireOnly(reader, kind, Set.of());
                yield new InputConfig.None();
            }
            case "csv" -> {
                requireOnly(reader, kind, OF_FILES);
                yield csv(reader);
            }
            case "jsonl" -> {
                requireOnly(reader, kind, OF_FILES);
                yield jsonLines(reader);
            }
            case "topic" -> {
                requireOnly(reader, kind, OF_TOPICS);
                yield topic(reader);
            }
            default ->
                    throw ConfigReader.refused(ConfigKey.INPUT_KIND, "csv, jsonl, topic or none");
        };
    }

    /** A key that this kind does not read says that something else was meant. */
    private static void requireOnly(ConfigReader reader, String kind, Set<ConfigKey> used)
            throws AgentException {
        List<ConfigKey> unused =
                ALL.stream().filter(key -> !used.contains(key) && reader.has(key)).toList();
        if (!unused.isEmpty()) {
            throw AgentException.badInput(
                    "%s (%s) has no meaning for input of kind %s",
                    unused.get(0).option(), unused.get(0).key(), kind);
        }
    }

    private static InputConfig csv(ConfigReader reader) throws AgentException {
        Path file = reader.requiredPath(ConfigKey.INPUT_FILE);
        if (reader.required(ConfigKey.INPUT_FILE).equals(STANDARD_INPUT)) {
            throw AgentException.badInput(
                    "CSV is read from a file: standard input takes JSON lines (%s jsonl)",
                    ConfigKey.INPUT_KIND.option());
        }
        return new InputConfig.Csv(file, reader.requiredPath(ConfigKey.INPUT_REJECTS));
    }

    private static InputConfig jsonLines(ConfigReader reader) throws AgentException {
        Path file = reader.requiredPath(ConfigKey.INPUT_FILE);
        boolean standardInput = reader.required(ConfigKey.INPUT_FILE).equals(STANDARD_INPUT);
        return new InputConfig.JsonLines(
                standardInput ? null : file, reader.requiredPath(ConfigKey.INPUT_REJECTS));
    }

    private static InputConfig topic(ConfigReader reader) throws AgentException {
        return new InputConfig.Topic(
                new KafkaCluster(
                        reader.required(ConfigKey.INPUT_TOPIC_BOOTSTRAP),
                        reader.settings(ConfigKey.INPUT_TOPIC_SETTINGS)),
                reader.required(ConfigKey.INPUT_TOPIC_NAME),
                reader.required(ConfigKey.INPUT_TOPIC_GROUP),
                reader.requiredPath(ConfigKey.INPUT_REJECTS));
    }
}
