package io.sealroom.privacy.dp;

import java.math.BigInteger;

/**
 * Exact coin flips: with a rational probability, and with probability exp(-x) for a rational x
 * (Canonne, Kamath, Steinke 2020, Algorithm 1).
 */
final class Bernoulli {

    private Bernoulli() {}

    /**
     * True with probability {@code p}.
     *
     * @param p in [0, 1]
     */
    static boolean sample(Rational p, UniformSource source) {
        return source.below(p.denominator()).compareTo(p.numerator()) < 0;
    }

    /**
     * True with probability exp(-x).
     *
     * @param x at least 0
     */
    static boolean exp(Rational x, UniformSource source) {
        if (x.signum() < 0) {
            throw new IllegalArgumentException("x must not be negative");
        }
        // exp(-x) = exp(-1) * ... * exp(-1) * exp(-rest), one flip for each factor.
        Rational rest = x;
        while (rest.compareTo(Rational.ONE) > 0) {
            if (!expWithinOne(Rational.ONE, source)) {
                return false;
            }
            rest = rest.minus(Rational.ONE);
        }
        return expWithinOne(rest, source);
    }

    /**
     * True with probability exp(-x), x in [0, 1]. Let K be the first k at which Bernoulli(x / k)
     * fails: P(K &gt; k) = x^k / k!, so P(K is odd) = 1 - x + x^2/2! - ... = exp(-x).
     */
    private static boolean expWithinOne(Rational x, UniformSource source) {
        long k = 1;
        while (sample(
                new Rational(x.numerator(), x.denominator().multiply(BigInteger.valueOf(k))),
                source)) {
            k++;
        }
        return k % 2 == 1;
    }
}
