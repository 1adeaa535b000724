package io.sealroom.cli.report;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says what the marks of a group of charts mean. */
final class Legend {

    private Legend() {}

    /** Of what is there to see. */
    static void write(Measure measure, List<Series> all, Html html) {
        Set<Point.Kind> kinds = new HashSet<>();
        all.forEach(series -> series.points().forEach(point -> kinds.add(point.kind())));
        Map<Point.Kind, String> texts =
                Map.of(
                        Point.Kind.VALUE,
                        "value with its 95 % interval",
                        Point.Kind.SUPPRESSED,
                        measure.ownThreshold()
                                ? "suppressed, drawn at the threshold"
                                : "suppressed, drawn at zero",
                        Point.Kind.INVALID,
                        "invalid release");
        html.open("ul", "class", "legend").line();
        for (Point.Kind kind : Point.Kind.values()) {
            if (kinds.contains(kind) && texts.containsKey(kind)) {
                html.open("li");
                key(measure, kind, html);
                html.text(texts.getOrDefault(kind, "")).close("li").line();
            }
        }
        if (measure.ownThreshold()) {
            html.open("li");
            thresholdKey(measure, html);
            html.text("threshold").close("li").line();
        }
        html.close("ul").line();
    }

    /** The sign of a kind of point, for a legend. */
    private static void key(Measure measure, Point.Kind kind, Html html) {
        beginKey(measure, html);
        switch (kind) {
            case VALUE -> {
                html.empty("path", "class", "interval", "d", "M8 0L8 16");
                html.empty("circle", "class", "value", "cx", "8", "cy", "8", "r", "3");
            }
            case SUPPRESSED ->
                    html.empty("circle", "class", "hollow", "cx", "8", "cy", "8", "r", "3");
            case INVALID -> html.empty("path", "class", "cross", "d", "M5 5l6 6m-6 0l6 -6");
            case ABSENT -> {}
        }
        html.close("svg");
    }

    private static void thresholdKey(Measure measure, Html html) {
        beginKey(measure, html);
        html.empty("path", "class", "threshold", "d", "M0 8L16 8").close("svg");
    }

    private static void beginKey(Measure measure, Html html) {
        html.open(
                "svg",
                "xmlns",
                Chart.NAMESPACE,
                "viewBox",
                "0 0 16 16",
                "class",
                "key " + measure.style(),
                "aria-hidden",
                "true");
    }
}
