package io.sealroom.privacy.dp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.schemas.policy.Loss;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers of the families; that the caps enforce them is shown where the caps are. */
class SensitivityTest {

    @Test
    void l1_eachFamily_followsTheTable() {
        assertThat(Sensitivity.overlapTotal(7).l1()).isEqualTo(7);
        assertThat(Sensitivity.reach(7).l1()).isEqualTo(7);
        assertThat(Sensitivity.overlapCells(7, 3).l1()).isEqualTo(21);
        assertThat(Sensitivity.attributedCount(2, 0).l1()).isEqualTo(4_000_000);
        assertThat(Sensitivity.attributedValue(2, 50_000, 0).l1()).isEqualTo(200_000);
        assertThat(Sensitivity.attributedCount(2, 1).l1()).isEqualTo(10_000_000);
        assertThat(Sensitivity.attributedValue(2, 50_000, 1).l1()).isEqualTo(500_000);
        assertThat(Sensitivity.converters(5, 2).l1()).isEqualTo(20);
        assertThat(Sensitivity.caps().l1()).isEqualTo(1);
    }

    @Test
    void l2Squared_eachFamily_followsTheTable() {
        assertThat(Sensitivity.overlapTotal(7).l2Squared()).isEqualTo(7);
        assertThat(Sensitivity.reach(7).l2Squared()).isEqualTo(7);
        assertThat(Sensitivity.overlapCells(7, 3).l2Squared()).isEqualTo(21);
        assertThat(Sensitivity.attributedCount(2, 0).l2Squared()).isEqualTo(8_000_000_000_000L);
        assertThat(Sensitivity.attributedCount(2, 1).l2Squared()).isEqualTo(52_000_000_000_000L);
        assertThat(Sensitivity.attributedValue(2, 50_000, 0).l2Squared())
                .isEqualTo(20_000_000_000L);
        assertThat(Sensitivity.converters(5, 2).l2Squared()).isEqualTo(20);
        assertThat(Sensitivity.caps().l2Squared()).isEqualTo(1);
    }

    @Test
    void l1_beyond64Bits_doesNotOverflow() {
        assertThat(Sensitivity.attributedValue(Integer.MAX_VALUE, Long.MAX_VALUE, 0).l1())
                .isEqualTo(
                        BigInteger.TWO
                                .multiply(BigInteger.valueOf(Integer.MAX_VALUE))
                                .multiply(BigInteger.valueOf(Long.MAX_VALUE)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void l1_capNotPositive_refused(int cap) {
        assertThatThrownBy(() -> Sensitivity.overlapTotal(cap))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sensitivity.reach(cap))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sensitivity.overlapCells(1, cap))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sensitivity.attributedCount(cap, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sensitivity.attributedValue(1, cap, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Sensitivity(BigInteger.valueOf(cap), BigInteger.ONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void laplace_decimalEpsilon_scaleInLowestTerms() {
        assertThat(Sensitivity.overlapTotal(7).laplace(Rational.parse("0.5")).scale())
                .isEqualTo(Rational.of(14, 1));
        assertThat(Sensitivity.overlapCells(4, 3).laplace(Rational.parse("1.8")).scale())
                .isEqualTo(Rational.of(20, 3));
        assertThat(Sensitivity.attributedCount(1, 0).laplace(Rational.parse("0.3")).scale())
                .isEqualTo(Rational.of(20_000_000, 3));
    }

    @Test
    void laplace_epsilonNotPositive_refused() {
        Sensitivity sensitivity = Sensitivity.overlapTotal(1);
        assertThatThrownBy(() -> sensitivity.laplace(Rational.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sensitivity.laplace(Rational.of(-1, 2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1,500000",
        "0.5,125000",
        "0.1,5000",
        "0.001,1",
        "0.0000001,1",
        "0.333,55445",
        "2,2000000"
    })
    void microRho_pureEpsilon_isHalfTheSquareRoundedUp(String epsilon, long expected) {
        assertThat(Charge.microRho(Loss.epsilon(epsilon))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1,1000000", "0.000001,1", "0.0000001,1", "12.5,12500000"})
    void microRho_rho_isItself(String rho, long expected) {
        assertThat(Charge.microRho(Loss.rho(rho))).isEqualTo(expected);
    }

    @Test
    void gaussian_rho_varianceInLowestTerms() {
        assertThat(Sensitivity.overlapTotal(7).gaussian(Rational.parse("0.5")).sigmaSquared())
                .isEqualTo(Rational.of(7, 1));
        assertThat(Sensitivity.attributedValue(3, 10, 1).gaussian(Rational.of(1, 3)).sigmaSquared())
                .isEqualTo(Rational.of(13 * 900 * 3, 2));
        assertThatThrownBy(() -> Sensitivity.caps().gaussian(Rational.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
