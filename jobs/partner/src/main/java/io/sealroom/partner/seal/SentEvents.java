package io.sealroom.partner.seal;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.EventId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Ids of the events that one partition holds: all that no seal covers, and of the sealed ones those
 * whose seal ended lately. About 100 bytes an event. One thread at a time.
 */
public final class SentEvents {

    private static final int WINDOWS_REMEMBERED = 2;

    private final long memoryMillis;
    private final Set<EventId> known = new HashSet<>();
    private final NavigableMap<Long, List<EventId>> bySealEnd = new TreeMap<>();
    private List<EventId> unsealed = new ArrayList<>();

    /**
     * How long a writer that goes on by the clock remembers an event after its seal: two windows,
     * and as long as the event may have been sent before its own slice was sealed.
     */
    public static long memoryMillis(Policy policy) {
        return WINDOWS_REMEMBERED * policy.windowLengths().get(0) + policy.maxAheadMillis();
    }

    /**
     * @param memoryMillis how long before the last seal's end a seal may end whose events are
     *     remembered
     */
    public SentEvents(long memoryMillis) {
        this.memoryMillis = memoryMillis;
    }

    /** Whether the event is remembered. */
    public boolean contains(EventId eventId) {
        return known.contains(eventId);
    }

    /** Remembers an event of which no seal is known yet. */
    public void sent(EventId eventId) {
        if (known.add(eventId)) {
            unsealed.add(eventId);
        }
    }

    /** A seal ending at {@code to} covers everything sent; what is too old is forgotten. */
    public void sealed(long to) {
        bySealEnd.computeIfAbsent(to, end -> new ArrayList<>()).addAll(unsealed);
        unsealed = new ArrayList<>();
        NavigableMap<Long, List<EventId>> old = bySealEnd.headMap(to - memoryMillis, true);
        old.values().forEach(ids -> ids.forEach(known::remove));
        old.clear();
    }

    /** All that are remembered. */
    public Set<EventId> remembered() {
        return Collections.unmodifiableSet(known);
    }
}
