package io.sealroom.privacy.dp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.policy.Loss;
import io.sealroom.schemas.release.Metric;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/**
 * The shipped steps, from exact total to row, under the {@link StochasticTester} at epsilon = ln 3,
 * up to a million rows a side: they pass at what they promise, the Gaussian with its own delta,
 * which is below that of its rho, and are found out when their noise is 1.2 times too small. Seeds
 * are fixed, so the outcome is too.
 */
class StochasticPrivacyTest {

    private static final double LN_3 = Math.log(3);

    /** Below ln 3, by less than a hundredth of a thousandth. */
    private static final String EPSILON = "1.09861";

    private static final String EPSILON_TOO_WEAK = "1.318332";

    private static final String RHO = "0.5";

    /** Sigma divided by 1.2 is rho times 1.44. */
    private static final String RHO_TOO_WEAK = "0.72";

    private static final int WINDOWS = 4;
    private static final Sensitivity SENSITIVITY = Sensitivity.overlapTotal(WINDOWS);

    /** D1, all of it in one row: the hardest case for Laplace noise. */
    private static final long APART = WINDOWS;

    /** D2, the square root of W. */
    private static final long APART_L2 = 2;

    private static final long TOTAL = 1000;

    /** Where the two inputs differ most: shown or suppressed tells as much as a value can. */
    private static final BigInteger THRESHOLD = BigInteger.valueOf(TOTAL + 1);

    @Test
    void laplace_asShipped_keepsEpsilon() {
        assertThat(accepts(0, Loss.epsilon(EPSILON), APART)).isTrue();
    }

    @Test
    void laplace_scaleDividedBySixFifths_foundOut() {
        assertThat(accepts(0, Loss.epsilon(EPSILON_TOO_WEAK), APART)).isFalse();
    }

    @Test
    void gaussian_asShipped_keepsItsDelta() {
        assertThat(accepts(gaussianDelta(), Loss.rho(RHO), APART_L2)).isTrue();
    }

    @Test
    void gaussian_sigmaDividedBySixFifths_foundOut() {
        assertThat(accepts(gaussianDelta(), Loss.rho(RHO_TOO_WEAK), APART_L2)).isFalse();
    }

    private static boolean accepts(double delta, Loss loss, long apart) {
        Family family = new Family(Metric.OVERLAP_TOTAL, SENSITIVITY, loss, THRESHOLD);
        Noise noise = family.noise();
        return new StochasticTester(LN_3, delta)
                .accepts(
                        source -> row(TOTAL, noise, family, source),
                        source -> row(TOTAL + apart, noise, family, source));
    }

    private static NoisyRow row(long total, Noise noise, Family family, UniformSource source) {
        return CappedTotal.of(total).addNoise(noise, source).threshold(family.threshold());
    }

    /**
     * The least delta at which the shipped Gaussian is (ln 3, delta)-private between totals D2
     * apart: the sum of what its probabilities exceed three times each other by. It is smaller than
     * what follows from rho alone, so the test is stricter than the ledger's statement.
     */
    private static double gaussianDelta() {
        double rho = Double.parseDouble(RHO);
        double sigmaSquared = APART_L2 * APART_L2 / (2 * rho);
        double mass = 0;
        double excess = 0;
        for (int x = -200; x <= 200; x++) {
            double here = Math.exp(-(double) x * x / (2 * sigmaSquared));
            double there = Math.exp(-(double) (x + APART_L2) * (x + APART_L2) / (2 * sigmaSquared));
            mass += here;
            excess += Math.max(0, here - Math.exp(LN_3) * there);
        }
        double delta = excess / mass;
        double fromRho = Math.exp(-(LN_3 - rho) * (LN_3 - rho) / (4 * rho));
        assertThat(delta).isBetween(0.09, fromRho);
        return delta;
    }
}
