package io.sealroom.cli.report;

import io.sealroom.cli.verify.Verdict;
import io.sealroom.cli.verify.VerifiedLine;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.release.ReleaseDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything in the file and what was found of it.
 *
 * @param room of the first valid release, or of the first release where none is valid; empty if the
 *     file has none
 * @param releases in the file's order
 * @param noReleases faults of lines that are no releases
 */
record Results(
        Optional<RoomIdentity> room, List<ReportedRelease> releases, List<String> noReleases) {

    Results {
        releases = List.copyOf(releases);
        noReleases = List.copyOf(noReleases);
    }

    static Results of(List<VerifiedLine> lines) {
        Optional<RoomIdentity> room = room(lines);
        List<ReportedRelease> releases = new ArrayList<>();
        List<String> noReleases = new ArrayList<>();
        for (VerifiedLine line : lines) {
            List<String> faults = new ArrayList<>(faults(line));
            if (line.release().isEmpty()) {
                faults.forEach(
                        fault ->
                                noReleases.add(
                                        String.format(
                                                Locale.ROOT, "line %d: %s", line.number(), fault)));
                continue;
            }
            faults.addAll(
                    PageRules.faults(
                            room.orElseThrow(), line.release().get().pending().document()));
            releases.add(
                    new ReportedRelease(
                            line.number(),
                            line.release().get(),
                            standing(line.verdict(), faults),
                            faults));
        }
        return new Results(room, PageRules.inRows(releases), noReleases);
    }

    private static Optional<RoomIdentity> room(List<VerifiedLine> lines) {
        return lines.stream()
                .filter(line -> line.release().isPresent())
                // A stable minimum: the first that is valid, else the first.
                .min(Comparator.comparing(line -> line.verdict() instanceof Verdict.Mismatch))
                .map(line -> line.release().orElseThrow().pending().document().identity());
    }

    private static List<String> faults(VerifiedLine line) {
        return line.verdict() instanceof Verdict.Mismatch mismatch ? mismatch.faults() : List.of();
    }

    private static Standing standing(Verdict verdict, List<String> faults) {
        if (!faults.isEmpty()) {
            return Standing.INVALID;
        }
        return verdict instanceof Verdict.Verified ? Standing.ON_CHAIN : Standing.CONSISTENT;
    }

    /** By query, in the order in which the file first has them; of each, rising in time. */
    List<QueryResults> queries() {
        Map<String, List<ReportedRelease>> byQuery = new LinkedHashMap<>();
        for (ReportedRelease release : releases) {
            byQuery.computeIfAbsent(release.document().query(), query -> new ArrayList<>())
                    .add(release);
        }
        List<QueryResults> queries = new ArrayList<>();
        byQuery.forEach(
                (query, ofQuery) -> {
                    ofQuery.sort(ReportedRelease.BY_TIME);
                    queries.add(new QueryResults(query, ofQuery));
                });
        return queries;
    }

    /** From the first window's start to the last one's end; empty if no release is valid. */
    Optional<TimeAxis> period() {
        List<ReleaseDocument> valid =
                releases.stream()
                        .filter(ReportedRelease::valid)
                        .map(ReportedRelease::document)
                        .toList();
        return valid.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new TimeAxis(
                                valid.stream().mapToLong(ReleaseDocument::start).min().getAsLong(),
                                valid.stream().mapToLong(ReleaseDocument::end).max().getAsLong()));
    }

    /** Epochs, by index, in which the query has a valid release. */
    Set<Long> epochs(long epochMillis, String query) {
        Set<Long> epochs = new TreeSet<>();
        for (ReportedRelease release : releases) {
            if (release.valid() && release.document().query().equals(query)) {
                epochs.add(Math.floorDiv(release.start(), epochMillis));
            }
        }
        return epochs;
    }

    long count(Standing standing) {
        return releases.stream().filter(release -> release.standing() == standing).count();
    }

    /** Whether all that was checked holds. */
    boolean valid() {
        return !releases.isEmpty() && noReleases.isEmpty() && count(Standing.INVALID) == 0;
    }

    boolean onChain() {
        return valid() && count(Standing.ON_CHAIN) == releases.size();
    }
}
