package io.sealroom.privacy.dp;

import io.sealroom.schemas.release.RowStatus;
import java.math.BigInteger;

/**
 * What may leave: a noisy value that passed its threshold, or the fact that it did not.
 *
 * @param value fits a signed 256-bit word; 0 if suppressed
 */
public record NoisyRow(BigInteger value, RowStatus status) {

    private static final NoisyRow SUPPRESSED = new NoisyRow(BigInteger.ZERO, RowStatus.SUPPRESSED);
    private static final int WORD_BITS = 256;

    /**
     * @throws ArithmeticException if the value does not fit; it is not named, as it may be unjudged
     * @throws IllegalArgumentException if a suppressed row has a value
     */
    public NoisyRow {
        // bitLength leaves out the sign bit. Never reached: a total stays below 2^126 (2^63 records
        // of a long each), and no policy has a scale of 2^73 or more (5 C V / epsilon with the most
        // and the least that its schema takes), whose noise exceeds 2^254 with probability
        // exp(-2^181).
        if (value.bitLength() >= WORD_BITS) {
            throw new ArithmeticException("a row's value must fit int256");
        }
        if (status == RowStatus.SUPPRESSED && value.signum() != 0) {
            throw new IllegalArgumentException("a suppressed row's value must be 0");
        }
    }

    static NoisyRow shown(BigInteger value) {
        return new NoisyRow(value, RowStatus.OK);
    }

    static NoisyRow suppressed() {
        return SUPPRESSED;
    }
}
