package io.sealroom.cli.report;

import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseRow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a release must be to be drawn beside others. Every release of a node is so; a file that
 * somebody made up may be consistent in itself and still not.
 */
final class PageRules {

    private PageRules() {}

    /** The faults of a release, none where it can be drawn on a page of the room. */
    static List<String> faults(RoomIdentity room, ReleaseDocument document) {
        List<String> faults = new ArrayList<>();
        if (!document.identity().equals(room)) {
            faults.add("of another room, chain, contract or policy than the file's first release");
        }
        if (document.end() <= document.start()) {
            faults.add("the window ends before it begins");
        }
        Map<Metric, MechanismEntry> noise = new EnumMap<>(Metric.class);
        for (MechanismEntry entry : document.mechanisms()) {
            MechanismEntry first = noise.putIfAbsent(entry.metric(), entry);
            if (first != null && !first.equals(entry)) {
                faults.add("two noises of " + entry.metric());
            }
        }
        Set<Name> names = new HashSet<>();
        for (ReleaseRow row : document.rows()) {
            if (!names.add(new Name(row.key().metric(), row.key().label()))) {
                faults.add(String.format(Locale.ROOT, "row %d stands twice", row.key().index()));
            }
        }
        return faults;
    }

    /**
     * The same releases, of which those that do not stand in a row with the others of their query
     * are invalid: windows of a query are of one length and do not overlap.
     */
    static List<ReportedRelease> inRows(List<ReportedRelease> releases) {
        Map<String, Long> lengths = new HashMap<>();
        Map<String, ReportedRelease> last = new HashMap<>();
        Map<Long, ReportedRelease> refused = new HashMap<>();
        for (ReportedRelease release : releases) {
            if (release.valid()) {
                lengths.putIfAbsent(release.document().query(), length(release));
            }
        }
        for (ReportedRelease release : releases.stream().sorted(ReportedRelease.BY_TIME).toList()) {
            if (!release.valid()) {
                continue;
            }
            String query = release.document().query();
            ReportedRelease before = last.get(query);
            if (!Objects.equals(lengths.get(query), length(release))) {
                refused.put(
                        release.line(),
                        release.invalid(
                                "the window has another length than the query's first release"));
            } else if (before != null && release.start() < before.end()) {
                refused.put(
                        release.line(),
                        release.invalid(
                                String.format(
                                        Locale.ROOT,
                                        "the window overlaps with that of line %d",
                                        before.line())));
            } else {
                last.put(query, release);
            }
        }
        return releases.stream()
                .map(release -> refused.getOrDefault(release.line(), release))
                .toList();
    }

    private static long length(ReportedRelease release) {
        return release.end() - release.start();
    }

    private record Name(Metric metric, String label) {}
}
