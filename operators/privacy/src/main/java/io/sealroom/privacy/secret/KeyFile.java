package io.sealroom.privacy.secret;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One JSON object of secrets of 32 bytes in a file that only its owner may read.
 *
 * <pre>{"version": 1, "role": "partner", "name": "publisher", "chainKey": "0x...", ...}</pre>
 *
 * @param name of the partner or node
 * @param secrets by field, in the order of their names
 */
record KeyFile(String name, Map<String, SecretBytes> secrets) {

    private static final int VERSION = 1;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{2,39}");
    private static final Pattern SECRET = Pattern.compile("0x[0-9a-f]{64}");
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OTHERS =
            PosixFilePermissions.fromString("---rwxrwx");
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    KeyFile {
        secrets = new TreeMap<>(secrets);
    }

    static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    String.format("name must match %s, got %s", NAME, name));
        }
        return name;
    }

    SecretBytes secret(String field) {
        SecretBytes secret = secrets.get(field);
        if (secret == null) {
            throw new IllegalArgumentException("no such field: " + field);
        }
        return secret;
    }

    /**
     * Creates the file with mode 600 from its first moment: at no time may anybody else open it.
     *
     * @throws KeyFileException if the file exists: keys are never overwritten
     */
    void write(Path file, String role) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", VERSION).put("role", role).put("name", name);
        secrets.forEach(
                (field, secret) -> {
                    byte[] opened = secret.openSecret();
                    root.put(field, "0x" + HexFormat.of().formatHex(opened));
                    Arrays.fill(opened, (byte) 0);
                });
        byte[] text = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            ByteBuffer buffer = ByteBuffer.wrap(text);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        } catch (FileAlreadyExistsException e) {
            throw KeyFileException.of(file, "exists; keys are never overwritten");
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    /**
     * @param role who the keys must belong to
     * @param fields the secrets it must have, and no other field
     * @throws KeyFileException if others may read it or its content breaks a rule
     */
    static KeyFile read(Path file, String role, List<String> fields) throws IOException {
        requireOwnerOnly(file);
        JsonNode root = parse(file);
        Set<String> unknown = new TreeSet<>();
        root.fieldNames().forEachRemaining(unknown::add);
        fields.forEach(unknown::remove);
        List.of("version", "role", "name").forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw KeyFileException.of(file, "unknown fields %s", unknown);
        }
        if (root.path("version").asInt() != VERSION) {
            throw KeyFileException.of(file, "version must be %d", VERSION);
        }
        if (!root.path("role").asText().equals(role)) {
            throw KeyFileException.of(file, "role must be %s", role);
        }
        String name = root.path("name").asText();
        if (!NAME.matcher(name).matches()) {
            throw KeyFileException.of(file, "name must match %s", NAME);
        }
        Map<String, SecretBytes> secrets = new TreeMap<>();
        for (String field : fields) {
            String text = root.path(field).asText();
            if (!SECRET.matcher(text).matches()) {
                throw KeyFileException.of(
                        file, "%s must be 0x and 64 lower-case hex digits", field);
            }
            secrets.put(field, SecretBytes.copyOf(HexFormat.of().parseHex(text.substring(2))));
        }
        return new KeyFile(name, secrets);
    }

    private static JsonNode parse(Path file) throws IOException {
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
            if (!root.isObject()) {
                throw KeyFileException.of(file, "must be one JSON object");
            }
            return root;
        } catch (JacksonException e) {
            throw KeyFileException.of(file, "must be one JSON object");
        }
    }

    private static void requireOwnerOnly(Path file) throws IOException {
        Set<PosixFilePermission> permissions;
        try {
            permissions = Files.getPosixFilePermissions(file);
        } catch (NoSuchFileException e) {
            throw KeyFileException.of(file, "does not exist");
        } catch (UnsupportedOperationException e) {
            throw KeyFileException.of(file, "lies on a file system without POSIX permissions");
        }
        if (permissions.stream().anyMatch(OTHERS::contains)) {
            throw KeyFileException.of(
                    file,
                    "has mode %s; only its owner may have access: chmod 600",
                    PosixFilePermissions.toString(permissions));
        }
    }

    @Override
    public String toString() {
        return "KeyFile[" + name + ", redacted]";
    }
}
