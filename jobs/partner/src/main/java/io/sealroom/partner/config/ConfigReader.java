package io.sealroom.partner.config;

import io.sealroom.partner.ceremony.HttpUrl;
import io.sealroom.partner.exit.AgentException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Values as what they must be, or a sentence that names key and option. */
final class ConfigReader {

    private final ConfigValues values;

    ConfigReader(ConfigValues values) {
        this.values = values;
    }

    boolean has(ConfigKey key) {
        return values.texts().containsKey(key) || values.settings().containsKey(key);
    }

    Optional<String> text(ConfigKey key) {
        return Optional.ofNullable(values.texts().get(key)).or(key::defaultText);
    }

    String required(ConfigKey key) throws AgentException {
        return text(key)
                .orElseThrow(
                        () ->
                                AgentException.badInput(
                                        "Missing required option %s (in a configuration file: %s)",
                                        key.option(), key.key()));
    }

    Path requiredPath(ConfigKey key) throws AgentException {
        return path(key, required(key));
    }

    Optional<Path> path(ConfigKey key) throws AgentException {
        Optional<String> text = text(key);
        return text.isPresent() ? Optional.of(path(key, text.get())) : Optional.empty();
    }

    private static Path path(ConfigKey key, String text) throws AgentException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw refused(key, "a path");
        }
    }

    Map<String, String> settings(ConfigKey key) {
        return values.settings().getOrDefault(key, Map.of());
    }

    /**
     * @return true or false; the key has a default
     */
    boolean flag(ConfigKey key) throws AgentException {
        return switch (required(key)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(key, "true or false");
        };
    }

    int integer(ConfigKey key, int min, int max) throws AgentException {
        try {
            int number = Integer.parseInt(required(key));
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // As one out of bounds.
        }
        throw refused(key, "an integer from " + min + " to " + max);
    }

    Optional<Duration> duration(ConfigKey key, Duration min, Duration max) throws AgentException {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Duration duration = Duration.parse(text.get());
            if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
                return Optional.of(duration);
            }
        } catch (DateTimeException e) {
            // As one out of bounds.
        }
        throw refused(key, "an ISO-8601 duration from " + min + " to " + max);
    }

    /** An http or https URL; errors do not show it, since access keys are part of many. */
    Optional<HttpUrl> url(ConfigKey key) throws AgentException {
        Optional<String> text = text(key);
        try {
            return text.map(HttpUrl::of);
        } catch (IllegalArgumentException e) {
            throw refused(key, "an http or https URL");
        }
    }

    static AgentException refused(ConfigKey key, String rule) {
        return AgentException.badInput("%s (%s) must be %s", key.option(), key.key(), rule);
    }
}
