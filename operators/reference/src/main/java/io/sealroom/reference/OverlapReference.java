package io.sealroom.reference;

import io.sealroom.schemas.policy.OverlapQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.RowKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Overlap of one identifier: W windows per family and epoch, L0 cells per window, the smallest
 * first.
 */
final class OverlapReference {

    private final Policy policy;
    private final OverlapQuery query;
    private final BatchReference.Sink sink;
    private final Map<String, Integer> windowsUsed = new HashMap<>();

    OverlapReference(Policy policy, OverlapQuery query, BatchReference.Sink sink) {
        this.policy = policy;
        this.query = query;
        this.sink = sink;
    }

    /** Adds the windows of one identifier of one epoch. */
    void add(Collection<HistoryEvent> events) {
        SortedMap<Long, List<HistoryEvent>> windows = new TreeMap<>();
        for (HistoryEvent entry : events) {
            if (query.partners().contains(entry.partner())) {
                windows.computeIfAbsent(
                                query.windowStart(entry.event().eventTime()),
                                start -> new ArrayList<>())
                        .add(entry);
            }
        }
        windows.forEach(this::addWindow);
    }

    private void addWindow(long start, List<HistoryEvent> events) {
        QueryWindow window = new QueryWindow(query.name(), start);
        for (RowKey row : query.rows(policy)) {
            if (row.metric() == Metric.REACH
                    && events.stream().anyMatch(entry -> entry.partner().equals(row.label()))
                    && mayUse("reach " + row.label())) {
                sink.add(window, row.index(), 1);
            }
        }
        boolean overlaps =
                query.partners().stream()
                        .allMatch(
                                partner ->
                                        events.stream()
                                                .anyMatch(
                                                        entry -> entry.partner().equals(partner)));
        if (!overlaps) {
            return;
        }
        if (mayUse("total")) {
            sink.add(window, 0, 1);
        }
        if (query.exposing() != null) {
            addCells(window, events);
        }
    }

    private void addCells(QueryWindow window, List<HistoryEvent> events) {
        List<RowKey> seen =
                query.rows(policy).stream()
                        .filter(row -> row.metric() == Metric.OVERLAP_CELL)
                        .filter(
                                row ->
                                        events.stream()
                                                .anyMatch(
                                                        entry ->
                                                                entry.partner()
                                                                                .equals(
                                                                                        query
                                                                                                .exposing())
                                                                        && Objects.equals(
                                                                                entry.event()
                                                                                        .cell(),
                                                                                row.label())))
                        .toList();
        if (!seen.isEmpty() && mayUse("cells")) {
            seen.stream()
                    .limit(query.cellsPerWindow())
                    .forEach(row -> sink.add(window, row.index(), 1));
        }
    }

    private boolean mayUse(String family) {
        return windowsUsed.merge(family, 1, Integer::sum) <= query.windowsPerEpoch();
    }
}
