package io.sealroom.privacy.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZcdpViewTest {

    /** Corollary 13 to 20 digits, by another search in 60-digit arithmetic; the last is below 0. */
    @ParameterizedTest
    @CsvSource({
        "1, 1e-6, 0.0044964939806486116907",
        "100000, 1e-6, 2.1419389283854736614",
        "500000, 1e-6, 5.2215344445301690442",
        "500000, 0.5, 0.18905663024753051686",
        "500000, 1e-300, 37.544558965922119726",
        "1000000, 1e-5, 7.0771966958063397586",
        "2000000, 1e-10, 14.870678006813747233",
        "9000000, 1e-6, 30.049671251820153188",
        "36000000, 1e-6, 78.85703979252895224",
        "117000000, 1e-6, 195.1815820249075096",
        "4294967295, 1e-6, 4778.2532089419684855",
        "10000, 0.9, 0",
    })
    void epsilon_knownPoint_isItRoundedUp(long microRho, double delta, BigDecimal exact) {
        BigDecimal shown = ZcdpView.epsilon(BigInteger.valueOf(microRho), delta);
        assertThat(shown).isBetween(exact, exact.add(new BigDecimal("0.0001")));
        assertThat(shown.scale()).isEqualTo(4);
    }

    /**
     * More than any ledger holds. Doubles of that size are off by up to a millionth, so an epsilon
     * that holds whatever was rounded on the way is further above than its own rounding.
     */
    @Test
    void epsilon_veryLargeCharge_isAboveWhatDoublesAreOff() {
        BigDecimal exact = new BigDecimal("10000743373.237721203");
        assertThat(ZcdpView.epsilon(new BigInteger("10000000000000000"), 1e-6))
                .isBetween(exact.add(new BigDecimal("0.0002")), exact.add(new BigDecimal("0.1")));
    }

    /** The corollary the other way round, by the search of its authors' implementation. */
    @ParameterizedTest
    @ValueSource(longs = {1, 77, 5_000, 125_000, 500_000, 2_000_000, 26_000_000, 9_000_000_000L})
    void epsilon_backToDelta_holdsAndNoSmallerDoes(long microRho) {
        for (double delta : new double[] {1e-12, 1e-9, 1e-6, 1e-5, 0.01}) {
            double epsilon = ZcdpView.epsilon(BigInteger.valueOf(microRho), delta).doubleValue();
            double rho = microRho / 1e6;
            assertThat(delta(rho, epsilon)).isLessThanOrEqualTo(delta * (1 + 1e-6));
            double smaller = epsilon - 0.0002 - epsilon * 1e-9;
            if (smaller > 0) {
                assertThat(delta(rho, smaller)).isGreaterThan(delta);
            }
        }
    }

    private static double delta(double rho, double epsilon) {
        double low = 1 + 1e-9;
        double high = (epsilon + 1) / (2 * rho) + 2;
        for (int i = 0; i < 200; i++) {
            double alpha = (low + high) / 2;
            if ((2 * alpha - 1) * rho - epsilon + Math.log1p(-1 / alpha) < 0) {
                low = alpha;
            } else {
                high = alpha;
            }
        }
        double exponent = (high - 1) * (high * rho - epsilon) + high * Math.log1p(-1 / high);
        return Math.exp(exponent) / (high - 1);
    }

    @Test
    void epsilon_moreLossOrSmallerDelta_isLarger() {
        BigDecimal last = BigDecimal.ZERO;
        for (long microRho = 1; microRho < 1L << 40; microRho *= 3) {
            BigInteger charge = BigInteger.valueOf(microRho);
            BigDecimal epsilon = ZcdpView.epsilon(charge, 1e-6);
            assertThat(epsilon).isGreaterThan(last);
            assertThat(ZcdpView.epsilon(charge, 1e-7)).isGreaterThan(epsilon);
            last = epsilon;
        }
    }

    @Test
    void epsilon_nothingSpent_isZero() {
        assertThat(ZcdpView.epsilon(BigInteger.ZERO, 1e-6)).isEqualByComparingTo("0");
    }

    @Test
    void epsilon_noCharge_isRefused() {
        assertThatThrownBy(() -> ZcdpView.epsilon(BigInteger.valueOf(-1), 1e-6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("microRho");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
    void epsilon_noDelta_isRefused(double delta) {
        assertThatThrownBy(() -> ZcdpView.epsilon(BigInteger.ONE, delta))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("delta");
    }
}
