package io.sealroom.cli.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The exact numbers of a group of series. */
final class SeriesTable {

    private final QueryResults query;
    private final List<Series> all;
    private final Html html;

    private SeriesTable(QueryResults query, List<Series> all, Html html) {
        this.query = query;
        this.all = all;
        this.html = html;
    }

    static void write(QueryResults query, List<Series> all, Html html) {
        Measure measure = all.get(0).measure();
        String caption =
                String.format(
                        Locale.ROOT,
                        "%s, %s, in %s with the 95 %% margin",
                        query.name(),
                        measure.title(),
                        measure.unit());
        html.open("details").leaf("summary", "Table: " + measure.title()).line();
        html.open(
                        "div",
                        "class",
                        "scroll",
                        "tabindex",
                        "0",
                        "role",
                        "region",
                        "aria-label",
                        caption)
                .open("table")
                .leaf("caption", caption)
                .line();
        SeriesTable table = new SeriesTable(query, all, html);
        // Many cells are easier to read down than across.
        if (all.size() > QuerySection.CHARTS_MAX) {
            table.byCell();
        } else {
            table.byWindow();
        }
        html.close("table").close("div").close("details").line();
    }

    private void byWindow() {
        html.open("thead").open("tr").leaf("th", "Window (UTC)", "scope", "col");
        all.forEach(series -> html.leaf("th", series.name(), "scope", "col", "class", "number"));
        html.leaf("th", "Release", "scope", "col").close("tr").close("thead").line();
        html.open("tbody").line();
        for (int i = 0; i < query.releases().size(); i++) {
            gap(i).ifPresent(this::gapRow);
            ReportedRelease release = query.releases().get(i);
            html.open("tr").leaf("th", window(release), "scope", "row");
            for (Series series : all) {
                cell(series, series.points().get(i));
            }
            standing(release);
            html.close("tr").line();
        }
        html.close("tbody");
    }

    private void byCell() {
        html.open("thead").open("tr").leaf("th", "Cell", "scope", "col");
        for (int i = 0; i < query.releases().size(); i++) {
            gap(i).ifPresent(gap -> html.leaf("th", gap, "scope", "col", "class", "gap"));
            html.leaf("th", window(query.releases().get(i)), "scope", "col", "class", "number");
        }
        html.close("tr").open("tr").leaf("th", "Release", "scope", "row");
        for (int i = 0; i < query.releases().size(); i++) {
            gap(i).ifPresent(gap -> html.leaf("td", "no release", "class", "gap"));
            standing(query.releases().get(i));
        }
        html.close("tr").close("thead").line().open("tbody").line();
        for (Series series : all) {
            html.open("tr").leaf("th", series.name(), "scope", "row");
            for (int i = 0; i < query.releases().size(); i++) {
                gap(i).ifPresent(gap -> html.leaf("td", "", "class", "gap"));
                cell(series, series.points().get(i));
            }
            html.close("tr").line();
        }
        html.close("tbody");
    }

    /** Windows without a release before one, in one however many. */
    private Optional<String> gap(int i) {
        if (i == 0) {
            return Optional.empty();
        }
        long from = query.releases().get(i - 1).end();
        long to = query.releases().get(i).start();
        return from < to ? Optional.of(TimeAxis.window(from, to)) : Optional.empty();
    }

    private void gapRow(String gap) {
        html.open("tr", "class", "gap")
                .leaf("th", gap, "scope", "row")
                .leaf("td", "no release", "colspan", Integer.toString(all.size() + 1))
                .close("tr")
                .line();
    }

    private void cell(Series series, Point point) {
        String style = point.kind() == Point.Kind.VALUE ? "number" : "number none";
        html.leaf("td", Words.of(series, point), "class", style);
    }

    private void standing(ReportedRelease release) {
        html.leaf("td", release.standing().word(), "class", release.standing().style());
    }

    private static String window(ReportedRelease release) {
        return TimeAxis.window(release.start(), release.end());
    }
}
