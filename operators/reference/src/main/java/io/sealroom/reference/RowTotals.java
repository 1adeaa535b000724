package io.sealroom.reference;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.RowKey;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rows of every window of every query, all zero to begin with. */
final class RowTotals {

    private final Policy policy;
    private final SortedMap<QueryWindow, List<BigInteger>> totals = new TreeMap<>();
    private final Map<RowName, Integer> indices = new HashMap<>();

    private record RowName(String query, Metric metric, String label) {}

    RowTotals(Policy policy) {
        this.policy = policy;
        policy.queries().forEach(this::addZeros);
    }

    private void addZeros(Query query) {
        List<RowKey> rows = query.rows(policy);
        for (RowKey row : rows) {
            indices.put(new RowName(query.name(), row.metric(), row.label()), row.index());
        }
        for (long start = policy.startMillis();
                start < policy.endMillis();
                start += query.windowMillis()) {
            boolean hasCaps = query.caps() != null && start == query.lastWindow(policy, start);
            totals.put(
                    new QueryWindow(query.name(), start),
                    new ArrayList<>(
                            Collections.nCopies(rows.size() + (hasCaps ? 1 : 0), BigInteger.ZERO)));
        }
    }

    /** Adds to a row of the window that holds the time; nothing if the query has no such row. */
    void add(Query query, long time, Metric metric, String label, long amount) {
        Integer index = indices.get(new RowName(query.name(), metric, label));
        if (index != null) {
            add(window(query, query.windowStart(time)), index, amount);
        }
    }

    /**
     * Counts a token that a cap cut in the epoch that holds the time; nothing if the query does not
     * ask.
     */
    void addCut(Query query, long time) {
        if (query.caps() != null) {
            List<BigInteger> rows = window(query, query.lastWindow(policy, time));
            add(rows, rows.size() - 1, 1);
        }
    }

    private List<BigInteger> window(Query query, long start) {
        return Objects.requireNonNull(totals.get(new QueryWindow(query.name(), start)));
    }

    private static void add(List<BigInteger> rows, int index, long amount) {
        rows.set(index, rows.get(index).add(BigInteger.valueOf(amount)));
    }

    SortedMap<QueryWindow, List<BigInteger>> byWindow() {
        return totals;
    }
}
