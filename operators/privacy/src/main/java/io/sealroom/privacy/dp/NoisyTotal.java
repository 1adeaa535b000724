package io.sealroom.privacy.dp;

import java.math.BigInteger;

/**
 * A total with noise that no threshold has judged yet: a suppressed row's value must not leave, so
 * it cannot be read here and is not shown by {@link #toString}.
 */
public final class NoisyTotal {

    private final BigInteger noisy;

    NoisyTotal(BigInteger noisy) {
        this.noisy = noisy;
    }

    /**
     * The row of a count: suppressed below the threshold.
     *
     * @param threshold smallest noisy count that is shown, in the row's unit (for attributed counts
     *     millionths)
     * @throws IllegalArgumentException for a negative threshold
     * @throws ArithmeticException if the value does not fit the row's 256 bits
     */
    public NoisyRow threshold(BigInteger threshold) {
        if (threshold.signum() < 0) {
            throw new IllegalArgumentException("threshold must not be negative, got " + threshold);
        }
        // Judged after the noise: the decision is post-processing and costs nothing.
        return noisy.compareTo(threshold) < 0 ? NoisyRow.suppressed() : NoisyRow.shown(noisy);
    }

    /**
     * The row of a value: shown exactly if its count row is. A value judged by itself would show
     * cells that the count's threshold hides.
     *
     * @throws ArithmeticException if the value does not fit the row's 256 bits
     */
    public NoisyRow following(NoisyRow count) {
        return switch (count.status()) {
            case SUPPRESSED -> NoisyRow.suppressed();
            case OK -> NoisyRow.shown(noisy);
        };
    }

    @Override
    public String toString() {
        return "NoisyTotal[redacted]";
    }
}
