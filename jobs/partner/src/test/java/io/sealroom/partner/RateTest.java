package io.sealroom.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class RateTest {

    private final SettableClock clock = new SettableClock(1_000_000);
    private final Rate rate = new Rate(clock, "tokens");

    @Test
    void report_first_hasNothingToTell() {
        assertThat(rate.report(10, 100)).isEmpty();
    }

    @Test
    void report_steadyWork_tellsAverageAndTimeLeft() {
        rate.report(0, 10_000);
        clock.set(1_002_000);

        assertThat(rate.report(1000, 10_000)).contains("500.0 tokens/s, 00:00:18 left");
    }

    /** What an earlier run did counts as done, and not as fast. */
    @Test
    void report_begunInTheMiddle_countsFromThere() {
        rate.report(9000, 10_000);
        clock.set(1_010_000);

        assertThat(rate.report(9001, 10_000)).contains("0.1 tokens/s, 02:46:30 left");
    }

    @Test
    void report_moreThanOnceASecond_isTooEarly() {
        rate.report(0, 100);
        clock.set(1_000_999);
        assertThat(rate.report(1, 100)).isEmpty();
        clock.set(1_001_000);
        assertThat(rate.report(2, 100)).isPresent();
        clock.set(1_001_999);
        assertThat(rate.report(3, 100)).isEmpty();
        clock.set(1_002_000);
        assertThat(rate.report(4, 100)).isPresent();
    }

    @Test
    void report_nothingMovedOrAllDone_hasNothingToTell() {
        rate.report(5, 100);
        clock.set(1_010_000);
        assertThat(rate.report(5, 100)).isEmpty();
        assertThat(rate.report(100, 100)).isEmpty();
    }

    @Test
    void report_clockOrCountSetBack_beginsAnew() {
        rate.report(50, 100);
        clock.set(900_000);
        assertThat(rate.report(60, 100)).isEmpty();
        clock.set(901_000);
        assertThat(rate.report(61, 100)).contains("1.0 tokens/s, 00:00:39 left");
        clock.set(905_000);
        assertThat(rate.report(0, 100)).isEmpty();
        clock.set(906_000);
        assertThat(rate.report(2, 100)).contains("2.0 tokens/s, 00:00:49 left");
    }

    @Test
    void progressLines_withRate_keepTheirBeginnings() {
        StringWriter out = new StringWriter();
        ProgressLines lines = new ProgressLines("publisher", new PrintWriter(out), clock);
        lines.tokenised(0, 100);
        lines.sealed(0, 18);
        clock.set(1_002_000);
        lines.tokenised(50, 100);
        lines.sealed(4, 18);
        lines.tokenised(100, 100);
        lines.sealed(18, 18);

        assertThat(out.toString().lines())
                .containsExactly(
                        "publisher: tokenised 0 of 100",
                        "publisher: sealed slice 0 of 18",
                        "publisher: tokenised 50 of 100, 25.0 tokens/s, 00:00:02 left",
                        "publisher: sealed slice 4 of 18, 2.0 slices/s, 00:00:07 left",
                        "publisher: tokenised 100 of 100",
                        "publisher: sealed slice 18 of 18");
    }
}
