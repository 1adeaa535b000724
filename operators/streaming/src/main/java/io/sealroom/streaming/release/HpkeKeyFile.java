package io.sealroom.streaming.release;

import io.sealroom.privacy.secret.SecretBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A node's HPKE key in a file of 64 hex digits, with or without {@code 0x}, on every machine that
 * runs the release stage.
 *
 * @param path of the file
 */
public record HpkeKeyFile(String path) implements NodeSecrets {

    private static final long serialVersionUID = 1;
    private static final int KEY_LENGTH = 32;

    @Override
    public SecretBytes hpkePrivateKey() throws IOException {
        String text = Files.readString(Path.of(path), StandardCharsets.US_ASCII).strip();
        String digits = text.startsWith("0x") ? text.substring(2) : text;
        byte[] key;
        try {
            key = HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException notHex) {
            // Its message quotes the digits.
            key = new byte[0];
        }
        if (key.length != KEY_LENGTH) {
            throw new IOException(
                    String.format("the HPKE key file %s must hold 64 hex digits", path));
        }
        SecretBytes secret = SecretBytes.copyOf(key);
        Arrays.fill(key, (byte) 0);
        return secret;
    }
}
