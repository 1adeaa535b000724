package io.sealroom.privacy.secret;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A secret string of bytes: its text is redacted, comparison takes the same time wherever the first
 * difference is, and it is not serialisable. Safe for use by several threads.
 */
public final class SecretBytes {

    private final byte[] bytes;
    private boolean erased;

    private SecretBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes a copy; the caller may zero its own array.
     *
     * @throws IllegalArgumentException if {@code bytes} is empty
     */
    public static SecretBytes copyOf(byte[] bytes) {
        requireNotEmpty(bytes.length);
        return new SecretBytes(bytes.clone());
    }

    /**
     * Fresh random bytes.
     *
     * @throws IllegalArgumentException if {@code length} is not positive
     */
    public static SecretBytes random(int length, SecureRandom random) {
        requireNotEmpty(length);
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return new SecretBytes(bytes);
    }

    public int length() {
        return bytes.length;
    }

    /**
     * A copy of the secret. Whoever calls this answers for the copy: zero it after use, and never
     * print, store or send it.
     *
     * @throws IllegalStateException after {@link #erase()}
     */
    public synchronized byte[] openSecret() {
        if (erased) {
            throw new IllegalStateException("the secret has been erased");
        }
        return bytes.clone();
    }

    /** Overwrites the bytes with zeros; opening fails from now on. Erasing again does nothing. */
    public synchronized void erase() {
        Arrays.fill(bytes, (byte) 0);
        erased = true;
    }

    public synchronized boolean erased() {
        return erased;
    }

    /** Constant-time in the contents, not in the length. An erased secret equals only itself. */
    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        return other instanceof SecretBytes that
                && !erased()
                && !that.erased()
                && MessageDigest.isEqual(bytes, that.bytes);
    }

    /** From the length alone: a hash of the contents would be a fingerprint of the secret. */
    @Override
    public int hashCode() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "SecretBytes[" + bytes.length + " bytes, redacted]";
    }

    private static void requireNotEmpty(int length) {
        if (length < 1) {
            throw new IllegalArgumentException("length must be at least 1, got " + length);
        }
    }
}
