package io.sealroom.streaming.match;

import io.sealroom.streaming.flow.AdmittedEvent;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many events of one partner count for one identifier in one slice: the first so many by (time,
 * SHA-256 of the record). It is what bounds the work and the memory for an identifier that a
 * partner sends without end; whoever stays below it sees no difference.
 *
 * <p>Cutting some of the events early changes nothing: what is not among the first of some is not
 * among the first of all.
 *
 * @param eventsMax at least 1
 */
record EventsCap(int eventsMax) implements Serializable {

    /** The cap of the protocol: it is in every result, so it is not an option. */
    static final int EVENTS_MAX = 65_536;

    private static final Comparator<AdmittedEvent> PRECEDENCE =
            Comparator.comparingLong(AdmittedEvent::time).thenComparing(AdmittedEvent::recordHash);

    EventsCap {
        if (eventsMax < 1) {
            throw new IllegalArgumentException("eventsMax must be positive, got " + eventsMax);
        }
    }

    /** Told about every cut. */
    @FunctionalInterface
    interface Cuts {
        /** Events of a partner that do not count. */
        void cut(int partner, int events);
    }

    /**
     * Those that count, in any order.
     *
     * @param events of one identifier and slice, of any partners
     */
    List<AdmittedEvent> cut(List<AdmittedEvent> events, Cuts cuts) {
        if (events.size() <= eventsMax) {
            return events;
        }
        List<AdmittedEvent> counting = new ArrayList<>();
        byPartner(events)
                .forEach(
                        (partner, own) -> {
                            if (own.size() > eventsMax) {
                                cuts.cut(partner, own.size() - eventsMax);
                                own.sort(PRECEDENCE);
                            }
                            counting.addAll(own.subList(0, Math.min(own.size(), eventsMax)));
                        });
        return counting;
    }

    /** The partners that have as many events here as can count. */
    List<Integer> reached(List<AdmittedEvent> events) {
        if (events.size() < eventsMax) {
            return List.of();
        }
        return byPartner(events).entrySet().stream()
                .filter(entry -> entry.getValue().size() >= eventsMax)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<Integer, List<AdmittedEvent>> byPartner(List<AdmittedEvent> events) {
        Map<Integer, List<AdmittedEvent>> byPartner = new TreeMap<>();
        for (AdmittedEvent event : events) {
            byPartner.computeIfAbsent(event.partner(), partner -> new ArrayList<>()).add(event);
        }
        return byPartner;
    }
}
