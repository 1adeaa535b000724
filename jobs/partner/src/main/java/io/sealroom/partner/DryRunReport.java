package io.sealroom.partner;

import io.sealroom.partner.csv.CsvRejectReason;
import io.sealroom.partner.csv.CsvRow;
import io.sealroom.partner.event.EventEncoder;
import io.sealroom.partner.exchange.TokenRequester;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.policy.Mode;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.EventKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a run over a file would do, in lines of text. Counts only. */
final class DryRunReport {

    /** A room has up to some thousands of slices: enough to see the shape. */
    static final int SLICES_MAX = 50;

    private final Policy policy;
    private final EventFile file;
    private final Map<CsvRejectReason, Long> rejects;
    private final long nowMillis;
    private final Map<Long, Long> identifiersByEpoch = new TreeMap<>();

    /**
     * @param rejects so far, by reason
     * @param nowMillis wall clock
     */
    DryRunReport(
            Policy policy, EventFile file, Map<CsvRejectReason, Long> rejects, long nowMillis) {
        this.policy = policy;
        this.file = file;
        this.rejects = rejects;
        this.nowMillis = nowMillis;
        // Where an event goes does not matter here: one partition is enough.
        Map<Long, Set<NormalisedIdentifier>> identifiers =
                file.identifiers(policy.startMillis(), new EventEncoder(policy, 1));
        identifiers.forEach((epoch, set) -> identifiersByEpoch.put(epoch, (long) set.size()));
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        Map<EventKind, Long> kinds = new EnumMap<>(EventKind.class);
        List<CsvRow> rows = file.rows(policy.startMillis(), policy.endMillis());
        rows.forEach(row -> kinds.merge(row.event().kind(), 1L, Long::sum));
        lines.add("would send " + rows.size() + " events");
        kinds.forEach(
                (kind, count) ->
                        lines.add("  " + kind.name().toLowerCase(Locale.ROOT) + " " + count));
        slices(lines);
        lines.add("would reject " + total(rejects) + " lines");
        rejects.forEach((reason, count) -> lines.add("  " + reason + " " + count));
        lines.add(
                "would ask for "
                        + total(identifiersByEpoch)
                        + " tokens; the quota is "
                        + policy.quota()
                        + " elements for each wall-clock epoch");
        identifiersByEpoch.forEach(
                (epoch, count) ->
                        lines.add(
                                String.format(
                                        "  epoch %d: %d identifiers, %d elements with padding",
                                        epoch, count, TokenRequester.elementsOf(count))));
        if (policy.mode() == Mode.LIVE) {
            lines.add(
                    "late: "
                            + overdue()
                            + " events are of slices that a running agent would have sealed by now");
        }
        return lines;
    }

    /** Why a run could not come to its end, if it is known. */
    Optional<String> fault() {
        return identifiersByEpoch.entrySet().stream()
                .filter(
                        epoch ->
                                policy.mode() == Mode.LIVE
                                        && TokenRequester.elementsOf(epoch.getValue())
                                                > policy.quota())
                .map(
                        epoch ->
                                String.format(
                                        "epoch %d needs %d elements, the quota is %d",
                                        epoch.getKey(),
                                        TokenRequester.elementsOf(epoch.getValue()),
                                        policy.quota()))
                .findFirst()
                .or(this::fileFault);
    }

    /** A file's tokens are all asked for now, so that one wall-clock epoch pays for them. */
    private Optional<String> fileFault() {
        long elements =
                identifiersByEpoch.values().stream().mapToLong(TokenRequester::elementsOf).sum();
        return policy.mode() == Mode.FILE && elements > policy.quota()
                ? Optional.of(
                        String.format(
                                "all epochs together need %d elements, the quota is %d",
                                elements, policy.quota()))
                : Optional.empty();
    }

    private void slices(List<String> lines) {
        lines.add("  in " + file.slices().size() + " slices with events");
        file.slices().stream()
                .limit(SLICES_MAX)
                .forEach(
                        slice ->
                                lines.add(
                                        "  slice "
                                                + Instant.ofEpochMilli(slice)
                                                + ": "
                                                + file.rows(slice, slice + policy.sliceMillis())
                                                        .size()));
        if (file.slices().size() > SLICES_MAX) {
            lines.add("  and " + (file.slices().size() - SLICES_MAX) + " more");
        }
    }

    private long overdue() {
        long sealedUntil =
                Math.floorDiv(nowMillis - policy.graceMillis(), policy.sliceMillis())
                        * policy.sliceMillis();
        long until = Math.min(Math.max(sealedUntil, policy.startMillis()), policy.endMillis());
        return file.rows(policy.startMillis(), until).size();
    }

    private static long total(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
