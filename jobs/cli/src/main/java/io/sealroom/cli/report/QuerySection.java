package io.sealroom.cli.report;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.release.Metric;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One query: a group of charts for each metric, and the numbers under each. */
final class QuerySection {

    /** As many charts as a group has; beyond, those with the largest sums. */
    static final int CHARTS_MAX = 50;

    private final QueryResults query;
    private final TimeAxis time;
    private final Html html;

    private QuerySection(QueryResults query, TimeAxis time, Html html) {
        this.query = query;
        this.time = time;
        this.html = html;
    }

    static String id(String query) {
        return "query-" + query;
    }

    static void write(QueryResults query, TimeAxis time, Optional<Policy> policy, Html html) {
        html.open("section", "id", id(query.name())).leaf("h2", query.name()).line();
        html.leaf("p", description(query, policy), "class", "about").line();
        QuerySection section = new QuerySection(query, time, html);
        query.series().forEach(section::group);
        html.close("section").line();
    }

    private static String description(QueryResults query, Optional<Policy> policy) {
        StringBuilder text = new StringBuilder();
        policy.flatMap(agreed -> named(agreed, query.name()))
                .ifPresent(known -> text.append(QueryText.of(known)).append(". "));
        text.append(TimeAxis.plural(query.releases().size(), "window"));
        if (query.count(Standing.INVALID) > 0) {
            text.append(", ").append(query.count(Standing.INVALID)).append(" invalid");
        }
        if (query.missing() > 0) {
            text.append(", ").append(query.missing()).append(" between them without a release");
        }
        return text.append('.').toString();
    }

    private static Optional<Query> named(Policy policy, String name) {
        return policy.queries().stream().filter(known -> known.name().equals(name)).findFirst();
    }

    private void group(Metric metric, List<Series> all) {
        Measure measure = Measure.of(metric);
        html.leaf("h3", measure.title()).line();
        html.leaf("p", note(measure, all), "class", "note").line();
        Legend.write(measure, all, html);
        List<Series> shown = shown(all);
        ValueAxis axis = ValueAxis.of(shown.stream().filter(s -> !s.unattributed()).toList());
        html.open("div", "class", "panels").line();
        for (int i = 0; i < shown.size(); i++) {
            Series series = shown.get(i);
            html.open("figure").leaf("figcaption", series.name()).line();
            Chart.draw(
                    series,
                    time,
                    series.unattributed() ? ValueAxis.of(List.of(series)) : axis,
                    String.format(Locale.ROOT, "chart-%s-%s-%s", query.name(), metric.code(), i),
                    html);
            html.close("figure").line();
        }
        html.close("div").line();
        SeriesTable.write(query, all, html);
    }

    /** All in their order, or the largest of them in their order. */
    private static List<Series> shown(List<Series> all) {
        if (all.size() <= CHARTS_MAX) {
            return all;
        }
        Set<String> largest = new HashSet<>();
        all.stream()
                .sorted(Comparator.comparing(Series::sum).reversed())
                .limit(CHARTS_MAX)
                .forEach(series -> largest.add(series.label()));
        return all.stream().filter(series -> largest.contains(series.label())).toList();
    }

    private static String note(Measure measure, List<Series> all) {
        StringBuilder note = new StringBuilder("In ").append(measure.unit());
        known(all)
                .ifPresent(
                        point -> {
                            note.append(", \u00b1 ")
                                    .append(measure.margin(point.margin()))
                                    .append(" at 95 %, ");
                            note.append(threshold(measure, point.threshold()));
                        });
        note.append('.');
        if (measure == Measure.CAPS) {
            note.append(" Only the last window of an epoch has this row.");
        }
        if (all.size() > CHARTS_MAX) {
            note.append(
                    String.format(
                            Locale.ROOT,
                            " Charts of the %s of %s with the largest sums; the table has all.",
                            CHARTS_MAX,
                            all.size()));
        }
        if (all.size() > 2 && all.stream().anyMatch(Series::unattributed)) {
            note.append(" The charts have one scale, but for unattributed.");
        }
        return note.toString();
    }

    private static String threshold(Measure measure, BigInteger threshold) {
        return measure.ownThreshold()
                ? "suppressed below " + measure.margin(threshold)
                : "suppressed with the count";
    }

    private static Optional<Point> known(List<Series> all) {
        return all.stream()
                .flatMap(series -> series.points().stream())
                .filter(
                        point ->
                                point.kind() == Point.Kind.VALUE
                                        || point.kind() == Point.Kind.SUPPRESSED)
                .findFirst();
    }
}
