package io.sealroom.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeAxisTest {

    private static TimeAxis axis(String start, String end) {
        return new TimeAxis(millis(start), millis(end));
    }

    private static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    private static List<String> texts(TimeAxis axis) {
        return axis.ticks().stream()
                .map(tick -> (tick.text() + " " + tick.more()).strip())
                .toList();
    }

    @Test
    void ticks_twoDays_areNoonsAndMidnights() {
        assertThat(texts(axis("2026-01-05T00:00:00Z", "2026-01-07T00:00:00Z")))
                .containsExactly("00:00 5 Jan", "12:00", "00:00 6 Jan", "12:00", "00:00 7 Jan");
    }

    @Test
    void ticks_aMonthOverNewYear_areDaysAndTheYears() {
        assertThat(texts(axis("2025-12-20T00:00:00Z", "2026-01-17T00:00:00Z")))
                .containsExactly("25 Dec 2025", "1 Jan 2026", "8 Jan", "15 Jan");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "0, 999",
        "1, 60000",
        "3600000, 7200000",
        "1767571200000, 1774000000000",
        "0, 9223372036854775807",
        "9223372036854775806, 9223372036854775807",
    })
    void ticks_anyPeriod_areFewAndWithin(long start, long end) {
        TimeAxis axis = new TimeAxis(start, end);
        assertThat(axis.ticks()).hasSizeBetween(0, 6).allMatch(tick -> axis.has(tick.time()));
    }

    @Test
    void window_namesTheEndsDayOnlyWhereItIsAnother() {
        assertThat(TimeAxis.window(millis("2026-01-05T22:00:00Z"), millis("2026-01-05T23:00:00Z")))
                .isEqualTo("2026-01-05 22:00 to 23:00");
        assertThat(TimeAxis.window(millis("2026-01-05T23:00:00Z"), millis("2026-01-06T00:00:00Z")))
                .isEqualTo("2026-01-05 23:00 to 2026-01-06 00:00");
    }

    @Test
    void time_thatHasSeconds_saysThem() {
        assertThat(TimeAxis.time(millis("2026-01-05T22:00:01.5Z")))
                .isEqualTo("2026-01-05 22:00:01.500");
    }

    @Test
    void length_isInTheLargestUnit() {
        assertThat(TimeAxis.length(86_400_000)).isEqualTo("1 day");
        assertThat(TimeAxis.length(21_600_000)).isEqualTo("6 hours");
        assertThat(TimeAxis.length(600_000)).isEqualTo("10 minutes");
        assertThat(TimeAxis.length(1_500)).isEqualTo("PT1.5S");
    }
}
