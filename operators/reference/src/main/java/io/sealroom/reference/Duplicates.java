package io.sealroom.reference;

import io.sealroom.schemas.record.EventId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * DESIGN 6 rule 1, within one identity: events of one partner and id are one event, and the smaller
 * (time, hash of the record) stands; conversions within the epoch, exposures within one slice.
 */
final class Duplicates {

    private Duplicates() {}

    private record Same(String partner, EventId id, boolean exposure, long slice) {}

    static List<HistoryEvent> removed(Collection<HistoryEvent> events, long sliceMillis) {
        Map<Same, HistoryEvent> standing = new HashMap<>();
        for (HistoryEvent entry : events) {
            long slice = entry.isExposure() ? Math.floorDiv(entry.time(), sliceMillis) : 0;
            standing.merge(
                    new Same(entry.partner(), entry.event().eventId(), entry.isExposure(), slice),
                    entry,
                    (a, b) -> HistoryEvent.BY_TIME_THEN_HASH.compare(a, b) <= 0 ? a : b);
        }
        return List.copyOf(standing.values());
    }
}
