package io.sealroom.privacy.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sealroom.privacy.dp.DiscreteGaussian;
import io.sealroom.privacy.dp.DiscreteLaplace;
import io.sealroom.privacy.dp.Noise;
import io.sealroom.privacy.dp.Rational;
import java.math.BigInteger;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoiseTailTest {

    /** Against the sum over all of the distribution, term by term. */
    @ParameterizedTest
    @CsvSource({"1,10", "1,2", "1,1", "3,2", "10,1", "100,3", "5000,1"})
    void atLeast_parameter_isTheSumOfTheProbabilities(long numerator, long denominator) {
        Rational parameter = Rational.of(numerator, denominator);
        double number = (double) numerator / denominator;
        compare(new DiscreteLaplace(parameter), number, x -> Math.exp(-x / number));
        compare(
                new DiscreteGaussian(parameter),
                Math.sqrt(number),
                x -> Math.exp(-x * x / (2 * number)));
    }

    private static void compare(Noise noise, double width, DoubleUnaryOperator weight) {
        int end = (int) Math.ceil(width * 60) + 60;
        double total = weight.applyAsDouble(0);
        for (int x = 1; x < end; x++) {
            total += 2 * weight.applyAsDouble(x);
        }
        for (long least : new long[] {0, 1, 2, Math.round(width), Math.round(4 * width)}) {
            double tail = 0;
            for (int x = end - 1; x >= least; x--) {
                tail += weight.applyAsDouble(x);
            }
            assertThat(NoiseTail.atLeast(noise, BigInteger.valueOf(least)))
                    .as("%s from %d on", noise, least)
                    .isCloseTo(tail / total, Percentage.withPercentage(1e-7));
        }
    }

    /** Where single steps no longer matter it is the normal distribution: its known quantiles. */
    @ParameterizedTest
    @CsvSource({
        "1959963985, 0.025",
        "1644853627, 0.05",
        "3090232306, 0.001",
        "0, 0.5",
        "30000000000, 4.906713927148187e-198",
    })
    void atLeast_wideGaussian_isNormal(long least, double expected) {
        Noise noise = new DiscreteGaussian(Rational.parse("1" + "0".repeat(18)));
        assertThat(NoiseTail.atLeast(noise, BigInteger.valueOf(least)))
                .isCloseTo(expected, Percentage.withPercentage(1e-4));
    }

    @Test
    void atLeast_beyondDoubles_isZeroOrHalf() {
        BigInteger far = BigInteger.TEN.pow(40);
        Rational wide = Rational.of(far.multiply(far));
        for (Noise noise :
                new Noise[] {
                    new DiscreteLaplace(Rational.of(3, 1)), new DiscreteGaussian(Rational.of(3, 1))
                }) {
            assertThat(NoiseTail.atLeast(noise, far)).isZero();
        }
        for (Noise noise : new Noise[] {new DiscreteLaplace(wide), new DiscreteGaussian(wide)}) {
            assertThat(NoiseTail.atLeast(noise, BigInteger.ONE)).isCloseTo(0.5, within(1e-9));
        }
    }

    @Test
    void atLeast_negative_isRefused() {
        assertThatThrownBy(
                        () ->
                                NoiseTail.atLeast(
                                        new DiscreteLaplace(Rational.ONE), BigInteger.valueOf(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
