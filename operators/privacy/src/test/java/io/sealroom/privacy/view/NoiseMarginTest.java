package io.sealroom.privacy.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.Metric;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables are of exact sums and tails, computed with 250 digits outside this code base. */
class NoiseMarginTest {

    /** The largest that stands in an entry: 2^256 - 1. */
    private static final String WORD =
            "115792089237316195423570985008687907853269984665640564039457584007913129639935";

    @ParameterizedTest
    @CsvSource({
        "1,100,0",
        "1,10,0",
        "1,2,1",
        "1,1,3",
        "3,2,4",
        "10,1,30",
        "100,3,100",
        "48,1,144",
        "5000,1,14979",
        "4000000,1,11982929",
        "1000000000,7,427961753",
        "1," + WORD + ",0",
    })
    void of_laplace_isTheSmallestWithAtMostFivePercentOutside(
            String numerator, String denominator, String margin) {
        assertThat(margin(MechanismEntry.DISCRETE_LAPLACE, numerator, denominator))
                .isEqualTo(new BigInteger(margin));
    }

    @ParameterizedTest
    @CsvSource({
        "1,100,0",
        "1,4,1",
        "1,2,1",
        "1,1,2",
        "2,1,3",
        "5,2,3",
        "10,1,6",
        "100,1,20",
        "12345,7,82",
        "10000,1,196",
        "1048575,1,2007",
        "1048576,1,2007",
        "1048577,1,2007",
        "3000000,1,3395",
        "12345678,7,2603",
        "1000000000,1,61980",
        "40000000000000,1,12395901",
        "26000000000000,3,5769978",
        "1000000000000000000000000,1,1959963984540",
        "1," + WORD + ",0",
    })
    void of_gaussian_isTheSmallestWithAtMostFivePercentOutside(
            String numerator, String denominator, String margin) {
        assertThat(margin(MechanismEntry.DISCRETE_GAUSSIAN, numerator, denominator))
                .isEqualTo(new BigInteger(margin));
    }

    @ParameterizedTest
    @CsvSource({
        "1,2000000000000000,3,1997154849035994",
        "1,10000000000000000000000000000000000000000,1,29957322735539909934352235761425407756766",
        "1,"
                + WORD
                + ",1,346882098750471857084487363621492657963904893052109418642124610929065426923507",
        "2,10000000000000000000000000000000000000000,1,195996398454005423552",
        "2," + WORD + ",1,666941183739083297398501095525267730368",
    })
    void of_hugeParameter_isGoodToTwelveDigits(
            int mechanism, String numerator, String denominator, String margin) {
        MathContext twelve = new MathContext(12);
        assertThat(new BigDecimal(margin(mechanism, numerator, denominator)).round(twelve))
                .isEqualByComparingTo(new BigDecimal(margin).round(twelve));
    }

    /** Seed 6. Where a sum lands within a rounding error of the bound, either answer is right. */
    @Test
    void of_randomSmallParameters_leavesAtMostFivePercentAndOneLessLeavesMore() {
        Random random = new Random(6);
        for (int i = 0; i < 300; i++) {
            long numerator = 1L + random.nextInt(3_000);
            long denominator = 1L + random.nextInt(100);
            double parameter = (double) numerator / denominator;
            assertTails(
                    margin(MechanismEntry.DISCRETE_LAPLACE, numerator, denominator),
                    x -> Math.exp(-x / parameter),
                    parameter * 40 + 1);
            assertTails(
                    margin(MechanismEntry.DISCRETE_GAUSSIAN, numerator, denominator),
                    x -> Math.exp(-(double) x * x / (2 * parameter)),
                    Math.sqrt(parameter) * 12 + 1);
        }
    }

    private static void assertTails(BigInteger margin, IntToDoubleFunction weight, double end) {
        int bound = margin.intValueExact();
        double outside = 0;
        double total = 0;
        // From the tail inwards: small terms first.
        for (int x = (int) Math.ceil(end); x > 0; x--) {
            total += 2 * weight.applyAsDouble(x);
            outside = x > bound ? total : outside;
        }
        total += 1;
        assertThat(outside / total).isLessThanOrEqualTo(0.05 + 1e-12);
        if (bound > 0) {
            double oneMore = outside + 2 * weight.applyAsDouble(bound);
            assertThat(oneMore / total).isGreaterThan(0.05 - 1e-12);
        }
    }

    @Test
    void of_mechanismThatIsNone_refused() {
        assertThatThrownBy(() -> margin(3, "1", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mechanism must be known, got 3");
    }

    private static BigInteger margin(int mechanism, long numerator, long denominator) {
        return margin(mechanism, Long.toString(numerator), Long.toString(denominator));
    }

    private static BigInteger margin(int mechanism, String numerator, String denominator) {
        return NoiseMargin.of(
                new MechanismEntry(
                        Metric.COUNT,
                        mechanism,
                        new BigInteger(numerator),
                        new BigInteger(denominator),
                        BigInteger.ZERO));
    }
}
