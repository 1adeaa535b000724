package io.sealroom.partner.config;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What one source of configuration says, before it is checked.
 *
 * @param texts by key; only of keys that it names, and none of them settings
 * @param settings client settings by key; only of keys that it names
 */
public record ConfigValues(
        Map<ConfigKey, String> texts, Map<ConfigKey, Map<String, String>> settings) {

    public static final ConfigValues NONE = new ConfigValues(Map.of(), Map.of());

    public ConfigValues {
        texts = Map.copyOf(texts);
        settings = Map.copyOf(settings);
    }

    /** These values, and those of {@code base} that these do not name; settings one by one. */
    public ConfigValues over(ConfigValues base) {
        Map<ConfigKey, String> mergedTexts = new EnumMap<>(ConfigKey.class);
        mergedTexts.putAll(base.texts);
        mergedTexts.putAll(texts);
        Map<ConfigKey, Map<String, String>> mergedSettings = new EnumMap<>(ConfigKey.class);
        base.settings.forEach((key, map) -> mergedSettings.put(key, new HashMap<>(map)));
        settings.forEach(
                (key, map) ->
                        mergedSettings.computeIfAbsent(key, k -> new HashMap<>()).putAll(map));
        return new ConfigValues(mergedTexts, mergedSettings);
    }

    /** Keys only: settings hold passwords. */
    @Override
    public String toString() {
        return "ConfigValues[" + texts.keySet() + ", " + settings.keySet() + "]";
    }
}
