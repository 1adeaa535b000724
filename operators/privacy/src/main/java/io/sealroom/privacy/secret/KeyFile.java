package io.sealroom.privacy.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.record.WindowSecrets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One JSON object of secrets of 32 bytes in a file that only its owner may read.
 *
 * <pre>{"version": 1, "role": "partner", "name": "publisher", "chainKey": "0x...", ...}</pre>
 *
 * @param name of the partner or node
 * @param secrets by field, in the order of their names
 */
record KeyFile(String name, Map<String, SecretBytes> secrets) {

    KeyFile {
        secrets = new TreeMap<>(secrets);
    }

    SecretBytes secret(String field) {
        SecretBytes secret = secrets.get(field);
        if (secret == null) {
            throw new IllegalArgumentException("no such field: " + field);
        }
        return secret;
    }

    /** The public part of a field that holds an X25519 private key. */
    Bytes32 hpkePublicKey(String field) {
        byte[] opened = secret(field).openSecret();
        try {
            return WindowSecrets.publicKey(opened);
        } finally {
            Arrays.fill(opened, (byte) 0);
        }
    }

    /**
     * Creates the file with mode 600.
     *
     * @throws KeyFileException if the file exists: keys are never overwritten
     */
    void write(Path file, String role) throws IOException {
        ObjectNode root = SecretJson.object(role, name);
        secrets.forEach((field, secret) -> SecretJson.put(root, field, secret));
        byte[] text = SecretJson.text(root);
        try {
            OwnerOnlyFile.create(file, text);
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
        return parse(file, OwnerOnlyFile.read(file), role, fields);
    }

    /**
     * As {@link #read}, for keys that do not come from a file.
     *
     * @param file names where they come from
     */
    static KeyFile parse(Path file, byte[] json, String role, List<String> fields)
            throws IOException {
        JsonNode root = SecretJson.parse(file, json, role, fields);
        Map<String, SecretBytes> secrets = new TreeMap<>();
        for (String field : fields) {
            secrets.put(field, SecretJson.secret(file, root, field));
        }
        return new KeyFile(SecretJson.name(file, root, "name"), secrets);
    }

    @Override
    public String toString() {
        return "KeyFile[" + name + ", redacted]";
    }
}
