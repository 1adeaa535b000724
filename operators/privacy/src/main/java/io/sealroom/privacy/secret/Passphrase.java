package io.sealroom.privacy.secret;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** What a backup is sealed with, out of a file that only its owner may read. */
public final class Passphrase {

    /** Fewer are guessed, however slow each guess is made. */
    public static final int BYTES_MIN = 12;

    private Passphrase() {}

    /**
     * The file's bytes without the end of its last line.
     *
     * @throws KeyFileException if there are too few of them, or others have any access to the file
     * @throws IOException if it cannot be read
     */
    public static SecretBytes read(Path file) throws IOException {
        byte[] bytes = OwnerOnlyFile.read(file);
        int length = bytes.length;
        while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
            length--;
        }
        byte[] phrase = Arrays.copyOf(bytes, length);
        Arrays.fill(bytes, (byte) 0);
        try {
            if (length < BYTES_MIN) {
                throw KeyFileException.of(
                        file, "a passphrase must have at least %d bytes", BYTES_MIN);
            }
            return SecretBytes.copyOf(phrase);
        } finally {
            Arrays.fill(phrase, (byte) 0);
        }
    }
}
