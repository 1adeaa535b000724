package io.sealroom.partner.config;

import io.sealroom.partner.exit.AgentException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** Kafka client settings as properties, the form in which Kafka's own tools take them. */
public final class SettingsFile {

    private SettingsFile() {}

    /**
     * @param environment that {@code ${env:NAME}} is looked up in; paths of {@code ${file:PATH}}
     *     are taken from the file's directory
     * @throws AgentException if the file cannot be read, or a reference cannot be resolved
     */
    public static Map<String, String> read(Path file, Map<String, String> environment)
            throws AgentException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw AgentException.badInput("Kafka settings %s cannot be read: %s", file, e);
        }
        SecretReferences references =
                new SecretReferences(
                        file.toAbsolutePath().normalize().resolveSibling(""), environment);
        Map<String, String> settings = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            settings.put(
                    name,
                    references.resolve(
                            "Kafka settings " + file + ": " + name, properties.getProperty(name)));
        }
        return settings;
    }
}
