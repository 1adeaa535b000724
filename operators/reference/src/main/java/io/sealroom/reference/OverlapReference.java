package io.sealroom.reference;

import io.sealroom.schemas.policy.OverlapQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.release.Metric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One identity in one overlap query: it counts in the first W windows of each family, and in the L0
 * smallest cells of a window. If either takes something from it, it is one of the tokens that a cap
 * cut.
 */
final class OverlapReference {

    private final Policy policy;
    private final OverlapQuery query;
    private final RowTotals totals;
    private final Map<String, Integer> windowsUsed = new HashMap<>();
    private boolean cut;

    OverlapReference(Policy policy, OverlapQuery query, RowTotals totals) {
        this.policy = policy;
        this.query = query;
        this.totals = totals;
    }

    /**
     * Adds the identity.
     *
     * @param events all of them that count: they are of one epoch
     */
    void add(Collection<HistoryEvent> events) {
        SortedMap<Long, List<HistoryEvent>> windows = new TreeMap<>();
        for (HistoryEvent entry : events) {
            if (query.partners().contains(entry.partner())) {
                windows.computeIfAbsent(query.windowStart(entry.time()), start -> new ArrayList<>())
                        .add(entry);
            }
        }
        windows.forEach(this::addWindow);
        if (cut) {
            totals.addCut(query, windows.firstKey());
        }
    }

    private void addWindow(long start, List<HistoryEvent> events) {
        List<String> seenBy =
                query.partners().stream()
                        .filter(
                                partner ->
                                        events.stream()
                                                .anyMatch(entry -> entry.partner().equals(partner)))
                        .toList();
        if (query.reach() != null) {
            for (String partner : seenBy) {
                if (mayUse("reach " + partner)) {
                    totals.add(query, start, Metric.REACH, partner, 1);
                }
            }
        }
        if (!seenBy.equals(query.partners())) {
            return;
        }
        if (mayUse("total")) {
            totals.add(query, start, Metric.OVERLAP_TOTAL, "", 1);
        }
        if (query.exposing() != null) {
            addCells(start, events);
        }
    }

    private void addCells(long start, List<HistoryEvent> events) {
        List<String> seen =
                policy.cells().stream()
                        .filter(cell -> events.stream().anyMatch(entry -> isExposedTo(entry, cell)))
                        .toList();
        if (seen.size() > query.cellsPerWindow()) {
            cut = true;
        }
        if (!seen.isEmpty() && mayUse("cells")) {
            seen.stream()
                    .limit(query.cellsPerWindow())
                    .forEach(cell -> totals.add(query, start, Metric.OVERLAP_CELL, cell, 1));
        }
    }

    private boolean isExposedTo(HistoryEvent entry, String cell) {
        return entry.partner().equals(query.exposing())
                && Objects.equals(entry.event().cell(), cell);
    }

    /** Takes one of the family's W windows, if one is left. */
    private boolean mayUse(String family) {
        if (windowsUsed.merge(family, 1, Integer::sum) <= query.windowsPerEpoch()) {
            return true;
        }
        cut = true;
        return false;
    }
}
