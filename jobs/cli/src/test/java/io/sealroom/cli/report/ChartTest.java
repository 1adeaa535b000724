package io.sealroom.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.release.Metric;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One window is 100 ms here: the plot is 274 wide from 48 on, and 134 high from 142 up. */
class ChartTest {

    private static final long LENGTH = 100;

    private static Point point(int window, Point.Kind kind, long value) {
        return new Point(
                window * LENGTH,
                (window + 1) * LENGTH,
                kind,
                BigInteger.valueOf(value),
                BigInteger.valueOf(20),
                BigInteger.valueOf(25));
    }

    private static String draw(Metric metric, Point... points) {
        Series series = new Series(metric, "news", List.of(points));
        Html html = new Html();
        Chart.draw(
                series,
                new TimeAxis(0, points[points.length - 1].end()),
                ValueAxis.of(List.of(series)),
                "chart",
                html);
        return html.document();
    }

    private static long count(String svg, String text) {
        return Pattern.compile(text, Pattern.LITERAL).matcher(svg).results().count();
    }

    @Test
    void draw_value_isAtItsPlaceWithItsInterval() {
        String svg = draw(Metric.REACH, point(0, Point.Kind.VALUE, 80));
        assertThat(svg)
                .contains("<circle class=\"value\" cx=\"185\" cy=\"34.8\"")
                .contains("<path class=\"interval\" d=\"M185 61.6L185 8\"/>")
                .contains("00:00 to 00:00:00.100: 80 \u00b1 20</title>")
                .contains("<path class=\"threshold\" d=\"M48 108.5L322 108.5\"/>");
    }

    /** What is counted is not below zero. */
    @Test
    void draw_intervalOverZero_endsAtZero() {
        assertThat(draw(Metric.REACH, point(0, Point.Kind.VALUE, 10)))
                .containsPattern("class=\"interval\" d=\"M185 142L185 ");
    }

    @Test
    void draw_suppressed_isHollowAtTheThreshold() {
        String svg = draw(Metric.REACH, point(0, Point.Kind.SUPPRESSED, 0));
        String at = svg.replaceAll("(?s).*class=\"threshold\" d=\"M48 ([\\d.]+)L.*", "$1");
        assertThat(svg)
                .contains("<circle class=\"hollow\" cx=\"185\" cy=\"" + at + "\"")
                .contains(": suppressed</title>")
                .doesNotContain("interval", "class=\"value\"");
    }

    @Test
    void draw_suppressedValue_isHollowAtZeroWithoutThreshold() {
        assertThat(draw(Metric.VALUE, point(0, Point.Kind.SUPPRESSED, 0)))
                .contains("<circle class=\"hollow\" cx=\"185\" cy=\"142\"")
                .doesNotContain("class=\"threshold\"");
    }

    @Test
    void draw_invalid_isACrossWithoutValue() {
        assertThat(draw(Metric.REACH, point(0, Point.Kind.INVALID, 90)))
                .contains("class=\"cross\"", ": invalid</title>")
                .doesNotContain("<circle", "interval");
    }

    @Test
    void draw_absentRow_isNothing() {
        assertThat(draw(Metric.CAPS, point(0, Point.Kind.ABSENT, 0)))
                .doesNotContain("<circle", "interval", "cross");
    }

    /** Values in windows 0, 1, 3, 4 and 6; window 2 suppressed, none of window 5. */
    @Test
    void draw_line_spansNoGapAndNothingWithoutValue() {
        String svg =
                draw(
                        Metric.REACH,
                        point(0, Point.Kind.VALUE, 80),
                        point(1, Point.Kind.VALUE, 90),
                        point(2, Point.Kind.SUPPRESSED, 0),
                        point(3, Point.Kind.VALUE, 80),
                        point(4, Point.Kind.VALUE, 90),
                        point(6, Point.Kind.VALUE, 70));
        String way = svg.replaceAll("(?s).*class=\"way\" d=\"([^\"]*)\".*", "$1");
        assertThat(way.split("M", -1)).hasSize(1 + 2);
        assertThat(count(svg, "<circle class=\"value\"")).isEqualTo(5);
    }

    /** An invalid release may say that it is of any time. */
    @Test
    void draw_outsideThePeriod_isNothing() {
        assertThat(
                        draw(
                                Metric.REACH,
                                point(50, Point.Kind.INVALID, 0),
                                point(0, Point.Kind.VALUE, 80)))
                .doesNotContain("cross");
    }
}
