package io.sealroom.privacy.dp;

import java.math.BigInteger;
import java.util.SplittableRandom;

/**
 * Reproducible uniforms for statistics; no privacy. Not {@link java.util.Random}: its draws hang
 * together so much that a sound sampler does not fit over a million samples.
 */
final class SeededUniformSource implements UniformSource {

    private final SplittableRandom random;

    SeededUniformSource(long seed) {
        random = new SplittableRandom(seed);
    }

    @Override
    public BigInteger below(BigInteger bound) {
        int bits = bound.subtract(BigInteger.ONE).bitLength();
        if (bits < Long.SIZE - 1) {
            return BigInteger.valueOf(random.nextLong(bound.longValueExact()));
        }
        byte[] bytes = new byte[(bits + 7) / 8];
        BigInteger drawn;
        do {
            random.nextBytes(bytes);
            drawn = new BigInteger(1, bytes).shiftRight(8 * bytes.length - bits);
        } while (drawn.compareTo(bound) >= 0);
        return drawn;
    }
}
