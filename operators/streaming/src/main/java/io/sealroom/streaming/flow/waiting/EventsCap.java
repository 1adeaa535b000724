package io.sealroom.streaming.flow.waiting;

import io.sealroom.streaming.flow.AdmittedEvent;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

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
public record EventsCap(int eventsMax) implements Serializable {

    /** The cap of the protocol: it is in every result, so it is not an option. */
    public static final int EVENTS_MAX = 65_536;

    private static final Comparator<AdmittedEvent> PRECEDENCE =
            Comparator.comparingLong(AdmittedEvent::time).thenComparing(AdmittedEvent::recordHash);

    public EventsCap {
        if (eventsMax < 1) {
            throw new IllegalArgumentException("eventsMax must be positive, got " + eventsMax);
        }
    }

    /** Told about every cut. */
    @FunctionalInterface
    public interface Cuts {
        /** Events of a partner that do not count. */
        void cut(int partner, int events);
    }

    /**
     * Those that count, in any order.
     *
     * @param records of one identifier and slice, of any partners
     * @param event what each is about
     */
    public <T> List<T> cut(List<T> records, Function<T, AdmittedEvent> event, Cuts cuts) {
        if (records.size() <= eventsMax) {
            return records;
        }
        List<T> counting = new ArrayList<>();
        byPartner(records, event)
                .forEach(
                        (partner, own) -> {
                            if (own.size() > eventsMax) {
                                cuts.cut(partner, own.size() - eventsMax);
                                own.sort(Comparator.comparing(event, PRECEDENCE));
                            }
                            counting.addAll(own.subList(0, Math.min(own.size(), eventsMax)));
                        });
        return counting;
    }

    /** The partners that have as many events here as can count. */
    public <T> List<Integer> reached(List<T> records, Function<T, AdmittedEvent> event) {
        if (records.size() < eventsMax) {
            return List.of();
        }
        return byPartner(records, event).entrySet().stream()
                .filter(entry -> entry.getValue().size() >= eventsMax)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static <T> Map<Integer, List<T>> byPartner(
            List<T> records, Function<T, AdmittedEvent> event) {
        Map<Integer, List<T>> byPartner = new TreeMap<>();
        for (T one : records) {
            byPartner
                    .computeIfAbsent(event.apply(one).partner(), partner -> new ArrayList<>())
                    .add(one);
        }
        return byPartner;
    }
}
