package io.sealroom.schemas.release;

import java.math.BigInteger;

/**
 * Noise of one family of a release.
 *
 * @param metric metric of the family's rows
 * @param mechanism 1 discrete Laplace, 2 discrete Gaussian
 * @param scaleNumerator of the scale in lowest terms, in the row's unit: of discrete Laplace the
 *     scale D1 / epsilon, of discrete Gaussian the variance parameter sigma^2
 * @param scaleDenominator of the same
 * @param threshold least noisy count that is not suppressed, in the unit of the count row
 */
public record MechanismEntry(
        Metric metric,
        int mechanism,
        BigInteger scaleNumerator,
        BigInteger scaleDenominator,
        BigInteger threshold) {

    public static final int DISCRETE_LAPLACE = 1;
    public static final int DISCRETE_GAUSSIAN = 2;

    /**
     * Whether there is such a noise: a known mechanism, its parameter positive. Nothing else is
     * decoded.
     */
    public boolean isNoise() {
        return (mechanism == DISCRETE_LAPLACE || mechanism == DISCRETE_GAUSSIAN)
                && scaleNumerator.signum() > 0
                && scaleDenominator.signum() > 0;
    }
}
