package io.sealroom.partner.kit;

import io.sealroom.schemas.record.EventId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** The accepted events that are not settled, by id and by time. One thread at a time. */
final class UnsettledEvents {

    private final Map<EventId, PendingEvent> byId = new HashMap<>();
    private final NavigableMap<Long, Integer> times = new TreeMap<>();
    private final NavigableMap<Long, Integer> waitingTimes = new TreeMap<>();
    private int size;

    boolean contains(EventId id) {
        return byId.containsKey(id);
    }

    void add(PendingEvent event) {
        byId.put(event.id(), event);
        times.merge(event.time(), 1, Integer::sum);
        size++;
    }

    /** One that waits for a place among these. */
    void waits(long time) {
        waitingTimes.merge(time, 1, Integer::sum);
    }

    void waitsNoMore(long time) {
        decrement(waitingTimes, time);
    }

    /** One more of an event that is among these; takes a place until that one is settled. */
    CompletableFuture<SendOutcome> repeat(EventId id) {
        PendingEvent first = byId.get(id);
        if (first == null) {
            throw new IllegalArgumentException("id must be of an unsettled event");
        }
        size++;
        return first.repeat();
    }

    void remove(PendingEvent event) {
        byId.remove(event.id());
        decrement(times, event.time());
        size -= 1 + event.repeats();
    }

    /** How many are of a time before {@code to}, repeats not counted. */
    int before(long to) {
        return count(times, to);
    }

    /** How many of a time before {@code to} wait for a place. */
    int waitingBefore(long to) {
        return count(waitingTimes, to);
    }

    private static int count(NavigableMap<Long, Integer> byTime, long to) {
        return byTime.headMap(to).values().stream().mapToInt(Integer::intValue).sum();
    }

    private static void decrement(NavigableMap<Long, Integer> byTime, long time) {
        byTime.computeIfPresent(time, (same, count) -> count == 1 ? null : count - 1);
    }

    /** Repeats not counted. */
    int events() {
        return byId.size();
    }

    List<PendingEvent> all() {
        return List.copyOf(byId.values());
    }

    /** Places taken, repeats included. */
    int size() {
        return size;
    }

    void clear() {
        byId.clear();
        times.clear();
        size = 0;
    }
}
