package io.sealroom.privacy.dp;

import java.math.BigInteger;

/**
 * The exact total of a row, summed over capped contributions. It can only be turned into a {@link
 * NoisyTotal}, once: a second noise on the same object would let the two be averaged. Cannot be
 * read and is not shown by {@link #toString}. Not safe for use by several threads.
 */
public final class CappedTotal {

    private final BigInteger exact;
    private boolean released;

    private CappedTotal(BigInteger exact) {
        this.exact = exact;
    }

    /**
     * @param exact the sum of contributions that went through the family's caps
     */
    public static CappedTotal of(BigInteger exact) {
        return new CappedTotal(exact);
    }

    public static CappedTotal of(long exact) {
        return of(BigInteger.valueOf(exact));
    }

    /**
     * Adds one sample of noise.
     *
     * @param source the stream of this row and of no other
     * @throws IllegalStateException at the second call
     */
    public NoisyTotal addNoise(Noise noise, UniformSource source) {
        if (released) {
            throw new IllegalStateException("a total is given noise only once");
        }
        released = true;
        return new NoisyTotal(exact.add(noise.sample(source)));
    }

    @Override
    public String toString() {
        return "CappedTotal[redacted]";
    }
}
