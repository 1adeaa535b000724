package io.sealroom.privacy.view;

import io.sealroom.schemas.release.MechanismEntry;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * The 95 % margin of a row's noise, to print beside the row: with probability at least 0.95 the
 * capped total lies within the margin of the noisy one. It covers the noise, not what caps cut.
 */
public final class NoiseMargin {

    private static final double TAIL = 0.05;

    /** What of a standard normal variable lies above this is half of the tail. */
    private static final double QUANTILE = 1.959963984540054;

    /** Up to this sigma squared the probabilities are added up one by one. */
    private static final double SUMMED_MAX = 1 << 20;

    private NoiseMargin() {}

    /**
     * The smallest integer m with P(|X| &gt; m) at most 0.05, or one more or less where the exact
     * solution lies within rounding of an integer; in the unit of the row: of counts millionths of
     * a conversion. From 10^12 on it is good to 12 digits.
     *
     * @param entry the mechanism of the row's family, as a decoder takes it: known, its parameter
     *     positive
     * @throws IllegalArgumentException for a mechanism that is not known
     */
    public static BigInteger of(MechanismEntry entry) {
        // Both are below 2^256, so that neither is infinite; nor is the quotient.
        double parameter =
                entry.scaleNumerator().doubleValue() / entry.scaleDenominator().doubleValue();
        double margin =
                switch (entry.mechanism()) {
                    case MechanismEntry.DISCRETE_LAPLACE -> laplace(parameter);
                    case MechanismEntry.DISCRETE_GAUSSIAN -> gaussian(parameter);
                    default ->
                            throw new IllegalArgumentException(
                                    "mechanism must be known, got " + entry.mechanism());
                };
        return new BigDecimal(margin).setScale(0, RoundingMode.CEILING).toBigInteger();
    }

    private static double laplace(double scale) {
        // P(|X| > m) = 2 q^(m+1) / (1 + q) with q = exp(-1 / scale). Solved for m: it is at most
        // TAIL from m + 1 = scale * ln(2 / (TAIL (1 + q))) on.
        double ratio = StrictMath.exp(-1 / scale);
        return Math.max(0, scale * StrictMath.log(2 / (TAIL * (1 + ratio))) - 1);
    }

    private static double gaussian(double sigmaSquared) {
        return sigmaSquared <= SUMMED_MAX ? summed(sigmaSquared) : approximated(sigmaSquared);
    }

    private static double summed(double sigmaSquared) {
        double total = 1;
        for (double x = 1, weight = 1; weight > 0; x++) {
            weight = weight(x, sigmaSquared);
            total += 2 * weight;
        }
        double inside = 1;
        double margin = 0;
        while (inside < (1 - TAIL) * total) {
            margin++;
            inside += 2 * weight(margin, sigmaSquared);
        }
        return margin;
    }

    private static double weight(double x, double sigmaSquared) {
        return StrictMath.exp(-x * x / (2 * sigmaSquared));
    }

    private static double approximated(double sigmaSquared) {
        // The sum over x > m is the integral of the density f from m + 1/2 on, by the midpoint
        // rule, plus f'(m + 1/2) / 24 = -(z / sigma) f(m + 1/2) / 24. That moves the bound by
        // z / (24 sigma); what is left is of the order of 1 / sigma^3.
        double sigma = StrictMath.sqrt(sigmaSquared);
        return QUANTILE * sigma - 0.5 - QUANTILE / (24 * sigma);
    }
}
