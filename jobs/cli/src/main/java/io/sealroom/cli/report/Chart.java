package io.sealroom.cli.report;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;

/** Draws one series as SVG. */
final class Chart {

    static final String NAMESPACE = "http://www.w3.org/2000/svg";

    /** From this many windows on marks would touch: they get smaller. */
    private static final int DENSE = 60;

    private final Series series;
    private final Plot plot;
    private final Html html;

    private Chart(Series series, Plot plot, Html html) {
        this.series = series;
        this.plot = plot;
        this.html = html;
    }

    static void draw(Series series, TimeAxis time, ValueAxis values, String id, Html html) {
        new Chart(series, new Plot(time, values), html).draw(id);
    }

    private void draw(String id) {
        String dense = series.points().size() > DENSE ? " dense" : "";
        html.open(
                        "svg",
                        "xmlns",
                        NAMESPACE,
                        "viewBox",
                        String.format(
                                Locale.ROOT,
                                "0 0 %s %s",
                                Plot.tenths(Plot.WIDTH),
                                Plot.tenths(Plot.HEIGHT)),
                        "role",
                        "img",
                        "class",
                        series.measure().style() + dense,
                        "aria-labelledby",
                        id)
                .leaf("title", summary(), "id", id);
        ChartFrame.draw(series, plot, html);
        lines();
        series.points().stream().filter(this::drawn).forEach(this::mark);
        html.close("svg").line();
    }

    /** What whoever does not see the chart is told; the numbers are in the table. */
    private String summary() {
        return String.format(
                Locale.ROOT,
                "%s, %s, in %s: %s with a value, %d suppressed, %d invalid",
                series.name(),
                series.measure().title(),
                series.measure().unit(),
                TimeAxis.plural(series.count(Point.Kind.VALUE), "window"),
                series.count(Point.Kind.SUPPRESSED),
                series.count(Point.Kind.INVALID));
    }

    /** From value to value; nothing over a gap or a window without a value. */
    private void lines() {
        StringBuilder path = new StringBuilder();
        List<Point> points = series.points();
        for (int i = 1; i < points.size(); i++) {
            Point before = points.get(i - 1);
            Point point = points.get(i);
            if (before.kind() == Point.Kind.VALUE
                    && point.kind() == Point.Kind.VALUE
                    && before.end() == point.start()) {
                path.append('M').append(place(before)).append('L').append(place(point));
            }
        }
        if (path.length() > 0) {
            html.empty("path", "class", "way", "d", path.toString());
        }
    }

    private String place(Point point) {
        return Plot.tenths(middle(point)) + " " + Plot.tenths(plot.y(point.value()));
    }

    private boolean drawn(Point point) {
        return plot.time().has(point.start()) && plot.time().has(point.end());
    }

    private void mark(Point point) {
        long x = middle(point);
        String window = TimeAxis.window(point.start(), point.end());
        switch (point.kind()) {
            case VALUE -> {
                interval(x, point);
                circle("value", x, plot.y(point.value()), window + ": " + Words.of(series, point));
            }
            case SUPPRESSED -> circle("hollow", x, hollow(point), window + ": suppressed");
            case INVALID -> cross(x, window + ": invalid");
            case ABSENT -> {}
        }
    }

    private long hollow(Point point) {
        return plot.y(series.measure().ownThreshold() ? point.threshold() : BigInteger.ZERO);
    }

    private void circle(String style, long x, long y, String title) {
        html.open("circle", "class", style, "cx", Plot.tenths(x), "cy", Plot.tenths(y), "r", "3")
                .leaf("title", title)
                .close("circle");
    }

    private void cross(long x, String title) {
        html.open(
                        "path",
                        "class",
                        "cross",
                        "d",
                        String.format(
                                Locale.ROOT,
                                "M%s %sl6 6m-6 0l6 -6",
                                Plot.tenths(x - 30),
                                Plot.tenths(Plot.BOTTOM - 30)))
                .leaf("title", title)
                .close("path");
    }

    private void interval(long x, Point point) {
        html.empty(
                "path",
                "class",
                "interval",
                "d",
                Plot.line(x, plot.y(point.low()), x, plot.y(point.high())));
    }

    private long middle(Point point) {
        return plot.x(point.start() + (point.end() - point.start()) / 2);
    }
}
