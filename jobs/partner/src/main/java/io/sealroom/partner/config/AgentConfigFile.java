package io.sealroom.partner.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sealroom.partner.exit.AgentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration file of an agent: YAML with the keys of {@link ConfigKey}, and no other. A
 * mistyped key must not become a default that nobody chose.
 */
public final class AgentConfigFile {

    private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '([^']*)'");

    private static final ObjectMapper YAML =
            YAMLMapper.builder(
                            YAMLFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    // A second document would be read by people and by nobody else.
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final Path file;
    private final Path directory;
    private final SecretReferences references;
    private final Map<ConfigKey, String> texts = new EnumMap<>(ConfigKey.class);
    private final Map<ConfigKey, Map<String, String>> settings = new EnumMap<>(ConfigKey.class);

    private AgentConfigFile(Path file, Map<String, String> environment) {
        this.file = file;
        this.directory = file.toAbsolutePath().normalize().resolveSibling("");
        this.references = new SecretReferences(directory, environment);
    }

    /** As {@link #read(Path, Map)}, with the environment of this process. */
    public static ConfigValues read(Path file) throws AgentException {
        return read(file, System.getenv());
    }

    /**
     * Relative paths of the file are taken from its directory.
     *
     * @param environment that {@code ${env:NAME}} is looked up in
     * @throws AgentException if the file cannot be read, or a key is unknown, repeated or of
     *     another shape; the message names the key, and never a value
     */
    public static ConfigValues read(Path file, Map<String, String> environment)
            throws AgentException {
        AgentConfigFile reading = new AgentConfigFile(file, environment);
        JsonNode root = reading.tree();
        if (!root.isMissingNode()) {
            reading.group("", root);
        }
        return new ConfigValues(reading.texts, reading.settings);
    }

    private JsonNode tree() throws AgentException {
        try {
            return YAML.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            // The parser's own message may quote a password.
            Matcher duplicate = DUPLICATE.matcher(e.getOriginalMessage());
            JsonLocation location = e.getLocation();
            throw AgentException.badInput(
                    "configuration %s: %s at line %d",
                    file,
                    duplicate.find() ? "key " + duplicate.group(1) + " is repeated" : "not YAML",
                    location == null ? 0 : location.getLineNr());
        } catch (IOException e) {
            throw AgentException.badInput("configuration %s cannot be read: %s", file, e);
        }
    }

    private void group(String path, JsonNode node) throws AgentException {
        if (!(node instanceof ObjectNode object)) {
            throw refused(path.isEmpty() ? "the file" : path, "must be a map of keys");
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String key = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            if (ConfigKey.ofKey(key).isPresent()) {
                value(ConfigKey.ofKey(key).get(), field.getValue());
            } else if (ConfigKey.isGroup(key)) {
                group(key, field.getValue());
            } else {
                throw refused(key, "is no key of an agent's configuration");
            }
        }
    }

    private void value(ConfigKey key, JsonNode node) throws AgentException {
        if (!key.isSettings()) {
            texts.put(key, text(key, scalar(key.key(), node)));
            return;
        }
        if (!(node instanceof ObjectNode object)) {
            throw refused(key.key(), "must be a map of settings");
        }
        Map<String, String> map = new HashMap<>();
        for (Map.Entry<String, JsonNode> setting : object.properties()) {
            String name = key.key() + "." + setting.getKey();
            map.put(
                    setting.getKey(),
                    references.resolve(where(name), scalar(name, setting.getValue())));
        }
        settings.put(key, Map.copyOf(map));
    }

    private String text(ConfigKey key, String text) throws AgentException {
        return switch (key.kind()) {
            case PATH -> path(key, text);
            case PATH_OR_DASH -> text.equals("-") ? text : path(key, text);
            case SECRET_TEXT -> references.resolve(where(key.key()), text);
            case TEXT, FLAG, SETTINGS -> text;
        };
    }

    private String path(ConfigKey key, String text) throws AgentException {
        try {
            return directory.resolve(text).toString();
        } catch (InvalidPathException e) {
            throw refused(key.key(), "must be a path");
        }
    }

    private String scalar(String key, JsonNode node) throws AgentException {
        if (!node.isValueNode() || node.isNull() || node.asText().isEmpty()) {
            throw refused(key, "must be one value, and not empty");
        }
        return node.asText();
    }

    private AgentException refused(String key, String rule) {
        return AgentException.badInput("%s %s", where(key), rule);
    }

    private String where(String key) {
        return "configuration " + file + ": " + key;
    }
}
