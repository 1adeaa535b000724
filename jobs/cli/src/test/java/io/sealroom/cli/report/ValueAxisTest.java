package io.sealroom.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.release.Metric;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueAxisTest {

    private static ValueAxis axis(Metric metric, String value, String margin, long threshold) {
        Point point =
                new Point(
                        0,
                        1,
                        Point.Kind.VALUE,
                        new BigInteger(value),
                        new BigInteger(margin),
                        BigInteger.valueOf(threshold));
        return ValueAxis.of(List.of(new Series(metric, "news", List.of(point))));
    }

    @ParameterizedTest
    @CsvSource({
        "950, 36, 50, 0, 200, 5",
        "0, 0, 0, 0, 1, 1",
        "10, 3, 400, 0, 100, 4",
        "-90, 20, 0, -150, 50, 4",
        "7, 0, 0, 0, 2, 4",
    })
    void of_hasIntervalThresholdAndZero(
            String value, String margin, long threshold, long low, long step, int steps) {
        ValueAxis axis = axis(Metric.REACH, value, margin, threshold);
        assertThat(axis)
                .isEqualTo(new ValueAxis(BigInteger.valueOf(low), BigInteger.valueOf(step), steps));
    }

    /** The threshold of value rows is one of their counts. */
    @Test
    void of_valueRows_leavesTheThresholdOut() {
        assertThat(axis(Metric.VALUE, "10", "0", 1_000_000))
                .isEqualTo(axis(Metric.VALUE, "10", "0", 0));
    }

    @Test
    void of_largestNumbers_isExact() {
        String largest = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.ONE).toString();
        ValueAxis axis = axis(Metric.REACH, largest, largest, 0);
        BigInteger high = new BigInteger(largest).shiftLeft(1);
        assertThat(axis.ticks().get(axis.steps())).isGreaterThanOrEqualTo(high);
        assertThat(axis.position(high, 1_000)).isBetween(0L, 1_000L);
        assertThat(axis.ticks().size()).isBetween(2, 7);
    }

    @Test
    void position_isFromLowestToHighestTick() {
        ValueAxis axis = axis(Metric.REACH, "1000", "0", 0);
        assertThat(axis.position(axis.low(), 640)).isZero();
        assertThat(axis.position(BigInteger.valueOf(500), 640)).isEqualTo(320);
        assertThat(axis.position(BigInteger.valueOf(1_000), 640)).isEqualTo(640);
    }
}
