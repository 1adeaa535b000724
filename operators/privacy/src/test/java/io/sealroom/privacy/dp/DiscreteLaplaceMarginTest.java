package io.sealroom.privacy.dp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscreteLaplaceMarginTest {

    @ParameterizedTest
    @CsvSource({"1,10", "1,2", "1,1", "3,2", "10,1", "100,3", "5000,1"})
    void of_scale_isTheSmallestWithAtMostFivePercentOutside(long numerator, long denominator) {
        long margin =
                DiscreteLaplaceMargin.of(new DiscreteLaplace(Rational.of(numerator, denominator)));

        double ratio = Math.exp(-(double) denominator / numerator);
        double inside = (1 - ratio) / (1 + ratio);
        long smallest = 0;
        for (double p = inside * ratio; inside < 0.95; p *= ratio) {
            inside += 2 * p;
            smallest++;
        }
        assertThat(margin).isEqualTo(smallest);
    }

    @Test
    void of_scaleBeyondLong_saturates() {
        Rational scale = Rational.parse("1" + "0".repeat(30));
        assertThat(DiscreteLaplaceMargin.of(new DiscreteLaplace(scale)))
                .isEqualTo(Long.MAX_VALUE - 1);
    }
}
