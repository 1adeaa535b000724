package io.sealroom.privacy.dp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RationalTest {

    @Test
    void construct_commonFactorsAndSign_lowestTermsAndPositiveDenominator() {
        assertThat(Rational.of(6, -8)).isEqualTo(Rational.of(-3, 4));
        assertThat(Rational.of(0, -8)).isEqualTo(Rational.ZERO);
        assertThat(Rational.of(6, -8)).hasToString("-3/4");
    }

    @Test
    void construct_zeroDenominator_refused() {
        assertThatThrownBy(() -> Rational.of(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Rational.ONE.dividedBy(Rational.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0.1,1,10", "0.50,1,2", "2,2,1", "-1.25,-5,4", "000.0,0,1"})
    void parse_plainDecimal_isExact(String decimal, long numerator, long denominator) {
        assertThat(Rational.parse(decimal)).isEqualTo(Rational.of(numerator, denominator));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1e9", ".5", "5.", "1/2", "+1", " 1", "0x1", "NaN", "1.2.3", "١"})
    void parse_otherForms_refused(String text) {
        assertThatThrownBy(() -> Rational.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parse_tooManyDigits_refused() {
        assertThatThrownBy(() -> Rational.parse("1".repeat(41)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "7,2,3,4",
        "-7,2,-4,-3",
        "6,3,2,2",
        "-6,3,-2,-2",
        "0,5,0,0",
        "1,3,0,1",
        "-1,3,-1,0"
    })
    void floorAndCeiling_anySign_roundOutwards(
            long numerator, long denominator, long floor, long ceiling) {
        assertThat(Rational.of(numerator, denominator).floor())
                .isEqualTo(BigInteger.valueOf(floor));
        assertThat(Rational.of(numerator, denominator).ceiling())
                .isEqualTo(BigInteger.valueOf(ceiling));
    }

    @Test
    void arithmetic_fractions_isExact() {
        Rational third = Rational.of(1, 3);
        Rational half = Rational.of(1, 2);
        assertThat(third.plus(half)).isEqualTo(Rational.of(5, 6));
        assertThat(third.minus(half)).isEqualTo(Rational.of(-1, 6));
        assertThat(third.times(half)).isEqualTo(Rational.of(1, 6));
        assertThat(third.dividedBy(half)).isEqualTo(Rational.of(2, 3));
        assertThat(third).isLessThan(half);
        assertThat(third.minus(third).signum()).isZero();
    }
}
