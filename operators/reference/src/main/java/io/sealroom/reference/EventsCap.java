package io.sealroom.reference;

import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.OverlapQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * PROTOCOL section 2, within one identity: of one partner's events in one slice that a query looks
 * at, the first 65,536 by (time, hash of the record) count; with K = 1, where conversions are
 * admitted apart, so many of its exposures and so many of its conversions. Of its exposures in the
 * epoch that stand, as many are touches.
 */
final class EventsCap {

    private static final int EVENTS_MAX = 65_536;

    private EventsCap() {}

    private record Source(String partner, long slice, boolean conversions) {}

    /** Those that count. */
    static List<HistoryEvent> counting(Policy policy, Collection<HistoryEvent> events) {
        Map<Source, List<HistoryEvent>> sources = new HashMap<>();
        for (HistoryEvent entry : events) {
            if (policy.queries().stream().anyMatch(query -> looksAt(query, entry))) {
                Source source =
                        new Source(
                                entry.partner(),
                                Math.floorDiv(entry.time(), policy.sliceMillis()),
                                policy.lookbackEpochs() > 0 && !entry.isExposure());
                sources.computeIfAbsent(source, key -> new ArrayList<>()).add(entry);
            }
        }
        return sources.values().stream().flatMap(source -> first(source).stream()).toList();
    }

    /**
     * Those that are touches.
     *
     * @param standing events of one identity, without duplicates
     */
    static List<HistoryEvent> touches(Collection<HistoryEvent> standing) {
        return standing.stream()
                .filter(HistoryEvent::isExposure)
                .collect(Collectors.groupingBy(HistoryEvent::partner))
                .values()
                .stream()
                .flatMap(own -> first(own).stream())
                .toList();
    }

    private static List<HistoryEvent> first(List<HistoryEvent> events) {
        return events.stream().sorted(HistoryEvent.BY_TIME_THEN_HASH).limit(EVENTS_MAX).toList();
    }

    private static boolean looksAt(Query query, HistoryEvent entry) {
        if (query.identifierKind() != entry.event().identifierKind()) {
            return false;
        }
        if (query instanceof AttributionQuery attribution) {
            return entry.isExposure()
                    ? attribution.exposures().contains(entry.partner())
                    : attribution.conversions().equals(entry.partner());
        }
        return query instanceof OverlapQuery overlap
                && overlap.partners().contains(entry.partner());
    }
}
