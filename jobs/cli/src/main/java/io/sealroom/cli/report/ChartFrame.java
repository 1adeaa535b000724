package io.sealroom.cli.report;

import java.math.BigInteger;

/** What a chart has beside its points: scales, and the line of the threshold. */
final class ChartFrame {

    private static final long LABEL_DROP = 160;
    private static final long LINE_HEIGHT = 130;

    private final Measure measure;
    private final Plot plot;
    private final Html html;

    private ChartFrame(Measure measure, Plot plot, Html html) {
        this.measure = measure;
        this.plot = plot;
        this.html = html;
    }

    static void draw(Series series, Plot plot, Html html) {
        ChartFrame frame = new ChartFrame(series.measure(), plot, html);
        frame.valueTicks();
        frame.timeTicks();
        frame.threshold(series);
    }

    private void valueTicks() {
        for (BigInteger tick : plot.values().ticks()) {
            long y = plot.y(tick);
            line(tick.signum() == 0 ? "zero" : "grid", Plot.LEFT, y, Plot.RIGHT, y);
            html.leaf(
                    "text",
                    measure.tick(tick),
                    "class",
                    "y",
                    "x",
                    Plot.tenths(Plot.LEFT - 60),
                    "y",
                    Plot.tenths(y + 35));
        }
    }

    private void timeTicks() {
        for (TimeAxis.Tick tick : plot.time().ticks()) {
            long x = plot.x(tick.time());
            line("grid", x, Plot.BOTTOM, x, Plot.BOTTOM + 40);
            long y = Plot.BOTTOM + LABEL_DROP;
            html.leaf("text", tick.text(), "class", "x", "x", Plot.tenths(x), "y", Plot.tenths(y));
            if (!tick.more().isEmpty()) {
                html.leaf(
                        "text",
                        tick.more(),
                        "class",
                        "x more",
                        "x",
                        Plot.tenths(x),
                        "y",
                        Plot.tenths(y + LINE_HEIGHT));
            }
        }
    }

    /** That of the first point which has one: of one policy all have the same. */
    private void threshold(Series series) {
        series.points().stream()
                .filter(point -> measure.ownThreshold() && point.threshold().signum() > 0)
                .findFirst()
                .ifPresent(
                        point -> {
                            long y = plot.y(point.threshold());
                            line("threshold", Plot.LEFT, y, Plot.RIGHT, y);
                        });
    }

    private void line(String style, long x1, long y1, long x2, long y2) {
        html.empty("path", "class", style, "d", Plot.line(x1, y1, x2, y2));
    }
}
