package io.sealroom.privacy.dp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Chi-square against the exact probabilities. The seeds are fixed, so a failure is a defect and not
 * bad luck; the limit is the 99.99 % point of the distribution for the bins used.
 */
class SamplerDistributionTest {

    private static final int SAMPLES = 60_000;
    private static final int BINS_EACH_SIDE = 6;

    /** 99.99 % point of chi-square with 12 degrees of freedom. */
    private static final double LIMIT = 39.13;

    @ParameterizedTest
    @CsvSource({"1,1", "5,2", "10,3", "3,1"})
    void discreteLaplace_manySamples_fitTheExactProbabilities(long numerator, long denominator) {
        DiscreteLaplace noise = new DiscreteLaplace(Rational.of(numerator, denominator));
        double ratio = Math.exp(-(double) denominator / numerator);
        double atZero = (1 - ratio) / (1 + ratio);

        assertThat(
                        chiSquare(
                                noise::sample,
                                x -> atZero * Math.pow(ratio, Math.abs(x)),
                                numerator * 31 + denominator))
                .isLessThan(LIMIT);
    }

    @ParameterizedTest
    @CsvSource({"4,1", "25,2"})
    void discreteGaussian_manySamples_fitTheExactProbabilities(long numerator, long denominator) {
        DiscreteGaussian noise = new DiscreteGaussian(Rational.of(numerator, denominator));
        double sigmaSquared = (double) numerator / denominator;
        double mass = 0;
        for (int x = -200; x <= 200; x++) {
            mass += Math.exp(-(double) x * x / (2 * sigmaSquared));
        }
        double total = mass;

        assertThat(
                        chiSquare(
                                noise::sample,
                                x -> Math.exp(-x * x / (2 * sigmaSquared)) / total,
                                numerator * 31 + denominator))
                .isLessThan(LIMIT);
    }

    @Test
    void discreteLaplace_hugeScale_keepsItsSize() {
        // Far beyond 64 bits: the mean of |X| is close to the scale.
        BigInteger scale = BigInteger.ONE.shiftLeft(200);
        DiscreteLaplace noise = new DiscreteLaplace(Rational.of(scale));
        SeededUniformSource source = new SeededUniformSource(7);
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < 4000; i++) {
            sum = sum.add(noise.sample(source).abs());
        }
        Rational mean = new Rational(sum, scale.multiply(BigInteger.valueOf(4000)));
        assertThat(mean).isBetween(Rational.of(93, 100), Rational.of(107, 100));
    }

    @Test
    void construct_scaleNotPositive_refused() {
        assertThatThrownBy(() -> new DiscreteLaplace(Rational.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DiscreteGaussian(Rational.of(-1, 2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bernoulliExp_negativeExponent_refused() {
        assertThatThrownBy(() -> Bernoulli.exp(Rational.of(-1, 2), new SeededUniformSource(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,3", "1,1", "7,3"})
    void bernoulliExp_manyFlips_frequencyIsExp(long numerator, long denominator) {
        UniformSource source = new SeededUniformSource(numerator + 100 * denominator);
        int hits = 0;
        for (int i = 0; i < SAMPLES; i++) {
            hits += Bernoulli.exp(Rational.of(numerator, denominator), source) ? 1 : 0;
        }
        double p = Math.exp(-(double) numerator / denominator);
        double deviations = Math.sqrt(SAMPLES * p * (1 - p));
        assertThat((double) hits)
                .isBetween(SAMPLES * p - 4 * deviations, SAMPLES * p + 4 * deviations);
    }

    /** Bins: each x in [-6, 6], the outer two taking the tails: 13 bins, 12 degrees of freedom. */
    private static double chiSquare(
            Function<UniformSource, BigInteger> sampler, DoubleUnaryOperator pmf, long seed) {
        long[] observed = new long[2 * BINS_EACH_SIDE + 1];
        UniformSource source = new SeededUniformSource(seed);
        BigInteger limit = BigInteger.valueOf(BINS_EACH_SIDE);
        for (int i = 0; i < SAMPLES; i++) {
            BigInteger bin = sampler.apply(source).max(limit.negate()).min(limit);
            observed[bin.intValueExact() + BINS_EACH_SIDE]++;
        }
        double inner = 0;
        for (int x = 1 - BINS_EACH_SIDE; x < BINS_EACH_SIDE; x++) {
            inner += pmf.applyAsDouble(x);
        }
        double statistic = 0;
        for (int x = -BINS_EACH_SIDE; x <= BINS_EACH_SIDE; x++) {
            double p = Math.abs(x) == BINS_EACH_SIDE ? (1 - inner) / 2 : pmf.applyAsDouble(x);
            double gap = observed[x + BINS_EACH_SIDE] - SAMPLES * p;
            statistic += gap * gap / (SAMPLES * p);
        }
        return statistic;
    }
}
