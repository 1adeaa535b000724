package io.sealroom.privacy.dp;

import java.math.BigInteger;
import java.util.SplittableRandom;

/** Reproducible uniforms for millions of samples with small bounds; no privacy. */
final class FastUniformSource implements UniformSource {

    private final SplittableRandom random;

    FastUniformSource(long seed) {
        random = new SplittableRandom(seed);
    }

    @Override
    public BigInteger below(BigInteger bound) {
        return BigInteger.valueOf(random.nextLong(bound.longValueExact()));
    }
}
