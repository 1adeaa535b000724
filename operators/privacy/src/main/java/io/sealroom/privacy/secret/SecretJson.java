package io.sealroom.privacy.secret;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The JSON object that every file of this package is: version, role and name, then what the role
 * has; nothing twice, nothing unknown. What is refused is never quoted.
 */
final class SecretJson {

    static final int SECRET_LENGTH = 32;

    private static final int VERSION = 1;
    private static final String OPRF_SEED = "oprfSeed";
    private static final List<String> HEAD = List.of("version", "role", "name");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{2,39}");
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private SecretJson() {}

    /** Of partners, nodes and rooms: one rule for all. */
    static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    String.format("name must match %s, got %s", NAME, name));
        }
        return name;
    }

    static ObjectNode object(String role, String name) {
        return JSON.createObjectNode().put("version", VERSION).put("role", role).put("name", name);
    }

    static void put(ObjectNode root, String field, SecretBytes secret) {
        byte[] opened = secret.openSecret();
        root.put(field, "0x" + HexFormat.of().formatHex(opened));
        Arrays.fill(opened, (byte) 0);
    }

    /** The caller zeroes it. */
    static byte[] text(ObjectNode root) throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    }

    /**
     * @param text zeroed here
     * @param role who it must belong to
     * @param fields what it must have beside version, role and name
     * @throws KeyFileException if a rule is broken
     */
    static JsonNode parse(Path file, byte[] text, String role, List<String> fields)
            throws IOException {
        JsonNode root = parse(file, text);
        Set<String> unknown = new TreeSet<>();
        root.fieldNames().forEachRemaining(unknown::add);
        fields.forEach(unknown::remove);
        HEAD.forEach(unknown::remove);
        if (unknown.contains(OPRF_SEED)) {
            throw KeyFileException.of(
                    file,
                    "unknown field %s: the seed has a file of its own, which 'sealroom keys seed'"
                            + " makes",
                    OPRF_SEED);
        }
        if (!unknown.isEmpty()) {
            throw KeyFileException.of(file, "unknown fields %s", unknown);
        }
        if (root.path("version").asInt() != VERSION) {
            throw KeyFileException.of(file, "version must be %d", VERSION);
        }
        if (!root.path("role").asText().equals(role)) {
            throw KeyFileException.of(file, "role must be %s", role);
        }
        name(file, root, "name");
        return root;
    }

    static String name(Path file, JsonNode root, String field) throws KeyFileException {
        // Not asText(): it makes the name "null" of a null.
        String name = root.path(field).textValue();
        if (name == null || !NAME.matcher(name).matches()) {
            throw KeyFileException.of(file, "%s must match %s", field, NAME);
        }
        return name;
    }

    static SecretBytes secret(Path file, JsonNode root, String field) throws KeyFileException {
        byte[] bytes = bytes(file, root, field, SECRET_LENGTH);
        SecretBytes secret = SecretBytes.copyOf(bytes);
        Arrays.fill(bytes, (byte) 0);
        return secret;
    }

    static byte[] bytes(Path file, JsonNode root, String field, int length)
            throws KeyFileException {
        String text = root.path(field).asText();
        if (!Pattern.matches("0x[0-9a-f]{" + 2 * length + "}", text)) {
            throw KeyFileException.of(
                    file, "%s must be 0x and %d lower-case hex digits", field, 2 * length);
        }
        return HexFormat.of().parseHex(text.substring(2));
    }

    private static JsonNode parse(Path file, byte[] text) throws IOException {
        try {
            JsonNode root = JSON.readTree(text);
            if (!root.isObject()) {
                throw KeyFileException.of(file, "must be one JSON object");
            }
            return root;
        } catch (JacksonException e) {
            throw KeyFileException.of(file, "must be one JSON object");
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }
}
