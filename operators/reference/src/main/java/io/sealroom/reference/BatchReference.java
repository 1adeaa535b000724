package io.sealroom.reference;

import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.OverlapQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Exact, capped totals of every window of every query, by row index (DESIGN 6, K = 0). */
public final class BatchReference {

    private final Policy policy;
    private final SortedMap<QueryWindow, List<BigInteger>> totals = new TreeMap<>();

    private BatchReference(Policy policy) {
        this.policy = policy;
    }

    /**
     * Totals before noise, also of windows without events.
     *
     * @param policy the room's policy
     * @param history admitted events of all partners, in any order
     */
    public static SortedMap<QueryWindow, List<BigInteger>> totals(
            Policy policy, Collection<HistoryEvent> history) {
        BatchReference reference = new BatchReference(policy);
        policy.queries().forEach(reference::emptyWindows);
        Map<Identifier, List<HistoryEvent>> byIdentifier = new HashMap<>();
        for (HistoryEvent entry : history) {
            byIdentifier
                    .computeIfAbsent(
                            new Identifier(
                                    entry.event().identifierKind(),
                                    entry.token(),
                                    policy.epochOf(entry.event().eventTime())),
                            key -> new ArrayList<>())
                    .add(entry);
        }
        byIdentifier.forEach(reference::addIdentifier);
        return reference.totals;
    }

    private record Identifier(IdentifierKind kind, Token token, long epoch) {}

    private void emptyWindows(Query query) {
        int rows = query.rows(policy).size();
        for (long start = policy.startMillis();
                start < policy.endMillis();
                start += query.windowMillis()) {
            totals.put(
                    new QueryWindow(query.name(), start),
                    new ArrayList<>(Collections.nCopies(rows, BigInteger.ZERO)));
        }
    }

    private void addIdentifier(Identifier identifier, List<HistoryEvent> all) {
        List<HistoryEvent> events = EventsCap.counting(policy, all);
        List<HistoryEvent> distinct = Duplicates.removed(events, policy.sliceMillis());
        for (Query query : policy.queries()) {
            if (query.identifierKind() != identifier.kind()) {
                continue;
            }
            if (query instanceof OverlapQuery overlap) {
                // Presence is presence: an event that attribution drops as a repeat was still seen.
                new OverlapReference(policy, overlap, this::add).add(events);
            } else if (query instanceof AttributionQuery attribution) {
                new LastTouchReference(policy, attribution, this::add).add(distinct);
            }
        }
    }

    private void add(QueryWindow window, int row, long amount) {
        List<BigInteger> rows = totals.get(window);
        if (rows == null) {
            throw new IllegalArgumentException("history must lie within the room");
        }
        rows.set(row, rows.get(row).add(BigInteger.valueOf(amount)));
    }

    /** Where a rule puts what it finds. */
    interface Sink {
        void add(QueryWindow window, int row, long amount);
    }

    static final Comparator<HistoryEvent> BY_TIME_THEN_ID =
            Comparator.<HistoryEvent>comparingLong(entry -> entry.event().eventTime())
                    .thenComparing(entry -> entry.event().eventId());
}
