package io.sealroom.privacy.dp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
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
        assertThat(Sensitivity.attributedCount(2).l1()).isEqualTo(4_000_000);
        assertThat(Sensitivity.attributedValue(2, 50_000).l1()).isEqualTo(200_000);
    }

    @Test
    void l1_beyond64Bits_doesNotOverflow() {
        assertThat(Sensitivity.attributedValue(Integer.MAX_VALUE, Long.MAX_VALUE).l1())
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
        assertThatThrownBy(() -> Sensitivity.attributedCount(cap))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sensitivity.attributedValue(1, cap))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Sensitivity(BigInteger.valueOf(cap)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void laplace_decimalEpsilon_scaleInLowestTerms() {
        assertThat(Sensitivity.overlapTotal(7).laplace(Rational.parse("0.5")).scale())
                .isEqualTo(Rational.of(14, 1));
        assertThat(Sensitivity.overlapCells(4, 3).laplace(Rational.parse("1.8")).scale())
                .isEqualTo(Rational.of(20, 3));
        assertThat(Sensitivity.attributedCount(1).laplace(Rational.parse("0.3")).scale())
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
        assertThat(Charge.microRho(Rational.parse(epsilon))).isEqualTo(expected);
    }

    @Test
    void microRho_severalFamilies_sumOfTheRoundedParts() {
        List<Rational> epsilons =
                List.of(Rational.parse("1"), Rational.parse("0.0001"), Rational.parse("0.0001"));
        assertThat(Charge.microRho(epsilons)).isEqualTo(500_002);
        assertThat(Charge.microRho(List.of())).isZero();
    }

    @Test
    void microRho_epsilonNotPositive_refused() {
        assertThatThrownBy(() -> Charge.microRho(Rational.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Charge.microRho(List.of(Rational.ONE, Rational.of(-1, 1))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
