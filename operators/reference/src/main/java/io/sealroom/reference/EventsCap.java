package io.sealroom.reference;

import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.OverlapQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * PROTOCOL section 2, within one identifier: of one partner's events in one slice that a query
 * looks at, the first 65,536 by (time, hash of the record) count; of its exposures in the epoch
 * that stand, as many are touches.
 */
final class EventsCap {

    private static final int EVENTS_MAX = 65_536;

    private static final Comparator<HistoryEvent> FIRST =
            Comparator.<HistoryEvent>comparingLong(entry -> entry.event().eventTime())
                    .thenComparing(HistoryEvent::recordHash);

    private EventsCap() {}

    private record Source(String partner, long slice) {}

    /** Those that count. */
    static List<HistoryEvent> counting(Policy policy, Collection<HistoryEvent> events) {
        Map<Source, List<HistoryEvent>> sources = new HashMap<>();
        for (HistoryEvent entry : events) {
            if (policy.queries().stream().anyMatch(query -> looksAt(query, entry))) {
                long slice = Math.floorDiv(entry.event().eventTime(), policy.sliceMillis());
                sources.computeIfAbsent(
                                new Source(entry.partner(), slice), key -> new ArrayList<>())
                        .add(entry);
            }
        }
        return sources.values().stream()
                .flatMap(source -> source.stream().sorted(FIRST).limit(EVENTS_MAX))
                .toList();
    }

    /**
     * Those that are touches.
     *
     * @param standing exposures of one epoch, without duplicates
     */
    static List<HistoryEvent> touches(Collection<HistoryEvent> standing) {
        return standing.stream()
                .collect(Collectors.groupingBy(HistoryEvent::partner))
                .values()
                .stream()
                .flatMap(own -> own.stream().sorted(FIRST).limit(EVENTS_MAX))
                .toList();
    }

    private static boolean looksAt(Query query, HistoryEvent entry) {
        if (query.identifierKind() != entry.event().identifierKind()) {
            return false;
        }
        if (query instanceof AttributionQuery attribution) {
            return entry.event().kind().isExposure()
                    ? attribution.exposures().contains(entry.partner())
                    : attribution.conversions().equals(entry.partner());
        }
        return query instanceof OverlapQuery overlap
                && overlap.partners().contains(entry.partner());
    }
}
