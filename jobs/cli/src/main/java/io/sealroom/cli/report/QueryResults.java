package io.sealroom.cli.report;

import io.sealroom.cli.UsageException;
import io.sealroom.privacy.view.NoiseMargin;
import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.ReleaseRow;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The releases of one query.
 *
 * @param name of the query
 * @param releases rising in time
 */
record QueryResults(String name, List<ReportedRelease> releases) {

    /** As many points as a page draws of a query; more would take gigabytes. */
    static final long POINTS_MAX = 2_000_000;

    QueryResults {
        releases = List.copyOf(releases);
    }

    /**
     * Its rows over time by metric, each in the order in which the releases have them.
     *
     * @throws UsageException if they are more than a page takes
     */
    Map<Metric, List<Series>> series() {
        requireFew();
        Map<Metric, Map<String, List<Point>>> points = new TreeMap<>();
        for (int i = 0; i < releases.size(); i++) {
            if (releases.get(i).valid()) {
                add(i, points);
            }
        }
        Map<Metric, List<Series>> series = new TreeMap<>();
        points.forEach(
                (metric, byLabel) -> {
                    List<Series> all = new ArrayList<>();
                    byLabel.forEach((label, found) -> all.add(new Series(metric, label, found)));
                    series.put(metric, all);
                });
        return series;
    }

    /** Every series has a point for every release, so that few labels of each can make many. */
    private void requireFew() {
        Map<Metric, Set<String>> labels = new EnumMap<>(Metric.class);
        for (ReportedRelease release : releases) {
            if (release.valid()) {
                release.document()
                        .rows()
                        .forEach(
                                row ->
                                        labels.computeIfAbsent(
                                                        row.key().metric(), any -> new HashSet<>())
                                                .add(row.key().label()));
            }
        }
        long rows = labels.values().stream().mapToLong(Set::size).sum();
        if (rows * releases.size() > POINTS_MAX) {
            throw new UsageException(
                    String.format(
                            Locale.ROOT,
                            "query %s: %d releases with %d rows in all are more than the %d points"
                                    + " that a page takes of a query; make a page of fewer releases",
                            name,
                            releases.size(),
                            rows,
                            POINTS_MAX));
        }
    }

    private void add(int position, Map<Metric, Map<String, List<Point>>> points) {
        ReportedRelease release = releases.get(position);
        // One for each family and not for each row: a release may have thousands.
        Map<Metric, BigInteger> margins = new EnumMap<>(Metric.class);
        for (ReleaseRow row : release.document().rows()) {
            Metric metric = row.key().metric();
            MechanismEntry noise = release.document().mechanism(metric).orElseThrow();
            points.computeIfAbsent(metric, any -> new LinkedHashMap<>())
                    .computeIfAbsent(row.key().label(), any -> empty())
                    .set(
                            position,
                            Point.of(
                                    release,
                                    row,
                                    margins.computeIfAbsent(metric, any -> NoiseMargin.of(noise)),
                                    noise.threshold()));
        }
    }

    private List<Point> empty() {
        return new ArrayList<>(releases.stream().map(Point::without).toList());
    }

    /** Windows between the first release and the last that have none. */
    long missing() {
        long missing = 0;
        for (int i = 1; i < releases.size(); i++) {
            long length = releases.get(i).end() - releases.get(i).start();
            long gap = releases.get(i).start() - releases.get(i - 1).end();
            if (length > 0 && gap > 0) {
                missing += gap / length;
            }
        }
        return missing;
    }

    long count(Standing standing) {
        return releases.stream().filter(release -> release.standing() == standing).count();
    }
}
