package io.sealroom.privacy.dp;

import java.math.BigInteger;
import java.util.Random;

/** Reproducible uniforms for statistics; no privacy. */
final class SeededUniformSource implements UniformSource {

    private final Random random;

    SeededUniformSource(long seed) {
        random = new Random(seed);
    }

    @Override
    public BigInteger below(BigInteger bound) {
        int bits = bound.subtract(BigInteger.ONE).bitLength();
        BigInteger drawn;
        do {
            drawn = new BigInteger(bits, random);
        } while (drawn.compareTo(bound) >= 0);
        return drawn;
    }
}
