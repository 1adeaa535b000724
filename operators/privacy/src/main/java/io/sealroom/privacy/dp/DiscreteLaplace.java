package io.sealroom.privacy.dp;

import io.sealroom.schemas.release.MechanismEntry;
import java.math.BigInteger;

/**
 * The discrete Laplace distribution: P(X = x) proportional to exp(-|x| / scale) over the integers.
 * Added to a query of L1 sensitivity D it is (D / scale)-differentially private.
 *
 * <p>Exact sampler of Canonne, Kamath and Steinke 2020, Algorithm 2, with the draws of the
 * reference implementation in its order. Terminates with probability 1; the expected number of
 * draws is a small constant whatever the scale.
 *
 * @param scale positive
 */
public record DiscreteLaplace(Rational scale) implements Noise {

    private static final Rational HALF = Rational.of(1, 2);

    /**
     * @throws IllegalArgumentException if the scale is not positive
     */
    public DiscreteLaplace {
        if (scale.signum() <= 0) {
            throw new IllegalArgumentException("scale must be positive, got " + scale);
        }
    }

    @Override
    public int mechanism() {
        return MechanismEntry.DISCRETE_LAPLACE;
    }

    @Override
    public Rational parameter() {
        return scale;
    }

    @Override
    public BigInteger sample(UniformSource source) {
        while (true) {
            boolean negative = Bernoulli.sample(HALF, source);
            BigInteger magnitude = magnitude(source);
            // Zero would otherwise count twice, once for each sign.
            if (negative && magnitude.signum() == 0) {
                continue;
            }
            return negative ? magnitude.negate() : magnitude;
        }
    }

    /** Geometric: P(M = m) proportional to exp(-m / scale), m from 0. */
    private BigInteger magnitude(UniformSource source) {
        // u + t v with t = the scale's numerator is geometric with ratio exp(-1 / t): u is its
        // remainder modulo t (weights exp(-u / t), by rejection), v its quotient (ratio exp(-1)).
        // Dividing by the scale's denominator s turns the ratio exp(-1 / t) into exp(-s / t).
        BigInteger t = scale.numerator();
        BigInteger u = source.below(t);
        while (!Bernoulli.exp(new Rational(u, t), source)) {
            u = source.below(t);
        }
        long v = 0;
        while (Bernoulli.exp(Rational.ONE, source)) {
            v++;
        }
        return BigInteger.valueOf(v).multiply(t).add(u).divide(scale.denominator());
    }
}
