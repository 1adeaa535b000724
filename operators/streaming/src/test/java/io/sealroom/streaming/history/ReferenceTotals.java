package io.sealroom.streaming.history;

import io.sealroom.reference.BatchReference;
import io.sealroom.reference.HistoryEvent;
import io.sealroom.reference.QueryWindow;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.streaming.flow.TotalKey;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** What the batch reference makes of a history: the totals that are not zero. */
public final class ReferenceTotals {

    private ReferenceTotals() {}

    public static Map<TotalKey, BigInteger> of(Policy policy, Collection<HistoryEvent> history) {
        return notZero(policy, BatchReference.totals(policy, history));
    }

    /** Those of all totals that are not zero, by position of their query. */
    public static Map<TotalKey, BigInteger> notZero(
            Policy policy, SortedMap<QueryWindow, List<BigInteger>> all) {
        List<String> names = policy.queries().stream().map(Query::name).toList();
        Map<TotalKey, BigInteger> totals = new HashMap<>();
        all.forEach(
                (window, rows) -> {
                    int query = names.indexOf(window.query());
                    for (int row = 0; row < rows.size(); row++) {
                        if (rows.get(row).signum() != 0) {
                            totals.put(new TotalKey(query, window.start(), row), rows.get(row));
                        }
                    }
                });
        return totals;
    }
}
