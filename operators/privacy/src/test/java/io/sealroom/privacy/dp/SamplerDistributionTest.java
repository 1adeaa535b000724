package io.sealroom.privacy.dp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Chi-square against the exact probabilities. The limits are the 99.99 % points of the distribution
 * for the bins used: with other seeds a sound sampler would fail once in 10,000 runs of a case. The
 * seeds are fixed, so a failure is a defect and not bad luck.
 */
class SamplerDistributionTest {

    private static final int SAMPLES = 60_000;
    private static final int BINS_EACH_SIDE = 6;

    /** 99.99 % point of chi-square with 12 degrees of freedom. */
    private static final double LIMIT = 39.13;

    private static final int MILLION = 1_000_000;
    private static final int MANY_BINS_EACH_SIDE = 15;

    /** 99.99 % point of chi-square with 30 degrees of freedom. */
    private static final double LIMIT_OF_MANY_BINS = 67.63;

    @ParameterizedTest
    @CsvSource({"1,1", "10,3", "3,1"})
    void discreteLaplace_manySamples_fitTheExactProbabilities(long numerator, long denominator) {
        assertThat(chiSquare(laplace(numerator, denominator), SAMPLES, BINS_EACH_SIDE))
                .isLessThan(LIMIT);
    }

    @Test
    void discreteLaplace_aMillionSamples_fitTheExactProbabilities() {
        assertThat(chiSquare(laplace(5, 2), MILLION, MANY_BINS_EACH_SIDE))
                .isLessThan(LIMIT_OF_MANY_BINS);
    }

    @Test
    void discreteGaussian_manySamples_fitTheExactProbabilities() {
        assertThat(chiSquare(gaussian(4, 1), SAMPLES, BINS_EACH_SIDE)).isLessThan(LIMIT);
    }

    @Test
    void discreteGaussian_aMillionSamples_fitTheExactProbabilities() {
        assertThat(chiSquare(gaussian(25, 2), MILLION, MANY_BINS_EACH_SIDE))
                .isLessThan(LIMIT_OF_MANY_BINS);
    }

    /** What a test is worth: a scale that is 2 % off does not fit 300,000 samples. */
    @Test
    void chiSquare_scaleTwoPercentOff_doesNotFit() {
        Case sound = laplace(5, 2);
        Case off = laplace(510, 200);
        assertThat(
                        chiSquare(
                                new Case(off.noise(), sound.probability(), sound.seed()),
                                300_000,
                                MANY_BINS_EACH_SIDE))
                .isGreaterThan(LIMIT_OF_MANY_BINS);
    }

    /** A noise, its probabilities, and a seed. */
    private record Case(Noise noise, IntToDoubleFunction probability, long seed) {}

    private static Case laplace(long numerator, long denominator) {
        double ratio = Math.exp(-(double) denominator / numerator);
        double atZero = (1 - ratio) / (1 + ratio);
        return new Case(
                new DiscreteLaplace(Rational.of(numerator, denominator)),
                x -> atZero * Math.pow(ratio, Math.abs(x)),
                numerator * 31 + denominator);
    }

    private static Case gaussian(long numerator, long denominator) {
        double sigmaSquared = (double) numerator / denominator;
        double mass = 0;
        for (int x = -200; x <= 200; x++) {
            mass += Math.exp(-(double) x * x / (2 * sigmaSquared));
        }
        double total = mass;
        return new Case(
                new DiscreteGaussian(Rational.of(numerator, denominator)),
                x -> Math.exp(-(double) x * x / (2 * sigmaSquared)) / total,
                numerator * 31 + denominator);
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

    /** Bins: each x in [-n, n], the outer two taking the tails: 2 n degrees of freedom. */
    private static double chiSquare(Case noise, int samples, int n) {
        long[] observed = new long[2 * n + 1];
        UniformSource source = new SeededUniformSource(noise.seed());
        BigInteger limit = BigInteger.valueOf(n);
        for (int i = 0; i < samples; i++) {
            BigInteger bin = noise.noise().sample(source).max(limit.negate()).min(limit);
            observed[bin.intValueExact() + n]++;
        }
        double inner = 0;
        for (int x = 1 - n; x < n; x++) {
            inner += noise.probability().applyAsDouble(x);
        }
        double statistic = 0;
        for (int x = -n; x <= n; x++) {
            double p = Math.abs(x) == n ? (1 - inner) / 2 : noise.probability().applyAsDouble(x);
            double gap = observed[x + n] - samples * p;
            statistic += gap * gap / (samples * p);
        }
        return statistic;
    }
}
