package io.sealroom.privacy.view;

import io.sealroom.privacy.dp.DiscreteGaussian;
import io.sealroom.privacy.dp.DiscreteLaplace;
import io.sealroom.privacy.dp.Noise;
import io.sealroom.privacy.dp.Rational;
import java.math.BigInteger;

/**
 * How often noise alone reaches a threshold: how often a row that counts nobody is shown all the
 * same.
 */
public final class NoiseTail {

    /** Terms of a standard deviation at most, where a sum would have more. */
    private static final double TERMS = 1000;

    /** Beyond so many standard deviations nothing is left that a double holds. */
    private static final double DEVIATIONS = 39;

    private NoiseTail() {}

    /**
     * P(X &gt;= least), to six digits and more, however small it is.
     *
     * @param least in the unit of the row, not negative
     * @throws IllegalArgumentException if it is negative
     */
    public static double atLeast(Noise noise, BigInteger least) {
        if (least.signum() < 0) {
            throw new IllegalArgumentException("least must not be negative, got " + least);
        }
        if (noise instanceof DiscreteLaplace laplace) {
            return laplace(number(laplace.scale()), least.doubleValue());
        }
        if (noise instanceof DiscreteGaussian gaussian) {
            double sigma = StrictMath.sqrt(number(gaussian.sigmaSquared()));
            double centre = gaussian(sigma, 0);
            // The upper tail from 0 on, twice, has 0 twice.
            return gaussian(sigma, least.doubleValue()) / (2 * centre - 1);
        }
        throw new IllegalArgumentException("noise must be discrete Laplace or Gaussian");
    }

    /** A geometric series: P(X = x) = (1 - q) / (1 + q) q^|x| with q = exp(-1 / scale). */
    private static double laplace(double scale, double least) {
        return StrictMath.exp(-least / scale) / (1 + StrictMath.exp(-1 / scale));
    }

    /** The sum of exp(-x^2 / (2 sigma^2)) over the integers x from {@code least} on. */
    private static double gaussian(double sigma, double least) {
        // By Euler and Maclaurin, the sum is the integral, half of the first term and a twelfth of
        // the slope there; the trapezoid rule has step^2 twelfths too much. With a step of 1 all
        // that is the sum itself.
        double step = Math.max(1, sigma / TERMS);
        double first = weight(sigma, least);
        double integral = step * first / 2;
        for (double x = least + step; x < sigma * DEVIATIONS; x += step) {
            integral += step * weight(sigma, x);
        }
        double slope = first * least / sigma / sigma;
        return integral + first / 2 + (1 - step * step) * slope / 12;
    }

    private static double weight(double sigma, double x) {
        return StrictMath.exp(-(x / sigma) * (x / sigma) / 2);
    }

    private static double number(Rational rational) {
        return rational.numerator().doubleValue() / rational.denominator().doubleValue();
    }
}
