package io.sealroom.privacy.noise;

import io.sealroom.privacy.dp.UniformSource;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Uniform integers from one row's key stream: AES-256-CTR, IV 0, PROTOCOL.md section 7. The draws
 * and their order decide the noise, so a stream serves one sample of one row. Rejection makes the
 * number of bytes taken depend on the stream; not safe for use by several threads.
 */
public final class NoiseStream implements UniformSource {

    private static final int BLOCK = 16;

    /** Key stream bytes fetched at a time: most samples need fewer than these. */
    private static final int CHUNK = 16 * BLOCK;

    private static final byte[] ZEROS = new byte[CHUNK];

    private final Cipher cipher;
    private byte[] chunk = new byte[0];
    private int used;

    /**
     * @param key 32 bytes
     */
    NoiseStream(byte[] key) {
        try {
            cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new IvParameterSpec(new byte[BLOCK]));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES/CTR", e);
        }
    }

    /**
     * @throws IllegalArgumentException if {@code bound} is not positive
     */
    @Override
    public BigInteger below(BigInteger bound) {
        if (bound.signum() <= 0) {
            throw new IllegalArgumentException("bound must be positive, got " + bound);
        }
        int bits = bound.subtract(BigInteger.ONE).bitLength();
        if (bits == 0) {
            return BigInteger.ZERO;
        }
        while (true) {
            byte[] bytes = take((bits + 7) / 8);
            bytes[0] &= (byte) (0xff >>> (8 * bytes.length - bits));
            BigInteger drawn = new BigInteger(1, bytes);
            // At least half of all strings of this many bits are below the bound.
            if (drawn.compareTo(bound) < 0) {
                return drawn;
            }
        }
    }

    private byte[] take(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            if (used == chunk.length) {
                chunk = cipher.update(ZEROS);
                used = 0;
            }
            bytes[i] = chunk[used++];
        }
        return bytes;
    }

    @Override
    public String toString() {
        return "NoiseStream[redacted]";
    }
}
