package io.sealroom.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.release.Metric;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MeasureTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REACH|0|0",
                "REACH|999|999",
                "REACH|-1000|-1,000",
                "REACH|1234567|1,234,567",
                "COUNT|1|0.000001",
                "COUNT|-1234567890|-1,234.56789",
                "COUNT|1000000000|1,000",
            })
    void exact_isEveryDigit(Measure measure, BigInteger amount, String text) {
        assertThat(measure.exact(amount)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"REACH, 36, 36", "COUNT, 11982930, 11.99", "COUNT, 4000000, 4", "COUNT, 1, 0.01"})
    void margin_isRoundedUp(Measure measure, BigInteger amount, String text) {
        assertThat(measure.margin(amount)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REACH|0|0",
                "REACH|5000|5,000",
                "REACH|20000|20k",
                "REACH|-1500000|-1,500k",
                "REACH|15000000|15M",
                "REACH|2000000000000000000000|2.00E+9tn",
                "COUNT|500000|0.5",
            })
    void tick_isShort(Measure measure, BigInteger amount, String text) {
        assertThat(measure.tick(amount)).isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource
    void everyMetric_hasAMeasure(Metric metric) {
        assertThat(Measure.of(metric).title()).isNotEmpty();
    }

    @Test
    void unit_ofWhoIsCounted_isIdentifiers() {
        assertThat(Measure.REACH.unit()).isEqualTo("identifiers");
        assertThat(Measure.CAPS.unit()).isEqualTo("identifiers");
        assertThat(Measure.COUNT.unit()).isEqualTo("conversions");
        assertThat(Measure.VALUE.unit()).isEqualTo("minor units");
    }

    @Test
    void name_ofWhatHasNoLabel_saysWhoIsMeant() {
        assertThat(Measure.OVERLAP_TOTAL.name("")).isEqualTo("All named partners");
        assertThat(Measure.COUNT.name("/unattributed")).isEqualTo("unattributed");
        assertThat(Measure.COUNT.name("news")).isEqualTo("news");
    }
}
