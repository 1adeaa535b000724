package io.sealroom.privacy.oprf;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** expand_message_xmd with SHA-256 (RFC 9380 section 5.3.1). */
final class ExpandMessageXmd {

    private static final int HASH_LENGTH = 32;
    private static final int BLOCK_LENGTH = 64;

    private ExpandMessageXmd() {}

    /**
     * Uniform bytes from a message.
     *
     * @param domain domain separation tag, at most 255 bytes
     * @param length wanted bytes, at most 255 hashes
     */
    static byte[] expand(byte[] message, byte[] domain, int length) {
        int blocks = (length + HASH_LENGTH - 1) / HASH_LENGTH;
        if (blocks > 255 || domain.length > 255) {
            throw new IllegalArgumentException("length and domain must suit one-byte counters");
        }
        byte[] domainPrime =
                ByteBuffer.allocate(domain.length + 1)
                        .put(domain)
                        .put((byte) domain.length)
                        .array();
        MessageDigest sha256 = sha256();
        sha256.update(new byte[BLOCK_LENGTH]);
        sha256.update(message);
        sha256.update((byte) (length >>> 8));
        sha256.update((byte) length);
        sha256.update((byte) 0);
        byte[] first = sha256.digest(domainPrime);
        byte[] block = new byte[HASH_LENGTH];
        ByteBuffer uniform = ByteBuffer.allocate(length);
        for (int i = 1; i <= blocks; i++) {
            for (int j = 0; j < HASH_LENGTH; j++) {
                block[j] ^= first[j];
            }
            sha256.update(block);
            sha256.update((byte) i);
            block = sha256.digest(domainPrime);
            uniform.put(block, 0, Math.min(HASH_LENGTH, uniform.remaining()));
        }
        return uniform.array();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
