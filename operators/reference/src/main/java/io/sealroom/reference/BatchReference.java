package io.sealroom.reference;

import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.OverlapQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Exact, capped totals of every window of every query, by row index (DESIGN 6). */
public final class BatchReference {

    private final Policy policy;
    private final RowTotals totals;

    /** Events that count, of each identity: any of them shows that it was there. */
    private final Map<Identity, List<HistoryEvent>> present = new HashMap<>();

    /** Of those the ones that stand: each event once. */
    private final Map<Identity, List<HistoryEvent>> standing = new HashMap<>();

    private BatchReference(Policy policy) {
        this.policy = policy;
        this.totals = new RowTotals(policy);
    }

    /**
     * Totals before noise, also of windows without events.
     *
     * @param policy the room's policy
     * @param history admitted events of all partners, in any order
     * @throws IllegalArgumentException for an event outside the room
     */
    public static SortedMap<QueryWindow, List<BigInteger>> totals(
            Policy policy, Collection<HistoryEvent> history) {
        BatchReference reference = new BatchReference(policy);
        reference.group(history);
        for (Query query : policy.queries()) {
            if (query instanceof OverlapQuery overlap) {
                reference.overlap(overlap);
            } else if (query instanceof AttributionQuery attribution) {
                new AttributionReference(policy, attribution, reference.totals)
                        .addAll(reference.standing);
            }
        }
        return reference.totals.byWindow();
    }

    private void group(Collection<HistoryEvent> history) {
        Map<Identity, List<HistoryEvent>> all = new HashMap<>();
        for (HistoryEvent entry : history) {
            if (entry.time() < policy.startMillis() || entry.time() >= policy.endMillis()) {
                throw new IllegalArgumentException("history must lie within the room");
            }
            all.computeIfAbsent(Identity.of(policy, entry), key -> new ArrayList<>()).add(entry);
        }
        all.forEach(
                (identity, events) -> {
                    List<HistoryEvent> counting = EventsCap.counting(policy, events);
                    present.put(identity, counting);
                    standing.put(identity, Duplicates.removed(counting, policy.sliceMillis()));
                });
    }

    /** Presence is presence: an event that attribution drops or does not admit was still seen. */
    private void overlap(OverlapQuery query) {
        present.forEach(
                (identity, events) -> {
                    if (identity.kind() == query.identifierKind()) {
                        new OverlapReference(policy, query, totals).add(events);
                    }
                });
    }
}
