package io.sealroom.streaming.match;

import io.sealroom.streaming.flow.AdmittedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.MapState;

/**
 * The events of the token at hand that wait for the end of their slice.
 *
 * <p>Recent ones are appended to one list whatever their slice, which costs no reading. At the end
 * of a slice the list is read; a few that wait for longer are written back, because that is cheaper
 * than anything else, and more are put aside by slice. Almost no token ever has that many. So no
 * event is read at the end of each slice before its own, and no single value of the state backend
 * grows with what a partner sends: the list has {@code recentMax} events at most, a lot put aside
 * what {@link EventsCap} leaves of each partner's.
 *
 * <p>A slice put aside is a few lots and not one, or whoever sends an event now and then to a slice
 * that is full would have all of it written again each time. As with the digits of a binary number,
 * a new lot takes level 0, and of two at one level comes one at the next: so no event is written
 * more often than the number of lots has digits.
 */
final class WaitingEvents {

    /** So many waiting for longer are written back. */
    static final int FEW = 64;

    /** Levels of lots; a slice has as many milliseconds, and a lot's key is one of them. */
    private static final int LEVELS_MAX = 32;

    private final ListState<AdmittedEvent> recent;
    private final MapState<Long, List<AdmittedEvent>> aside;
    private final long sliceMillis;
    private final int levels;
    private final int recentMax;
    private final EventsCap cap;
    private final EventsCap.Cuts cuts;

    /**
     * @param recent the recent ones
     * @param aside lots, by end of the slice plus level
     * @param cap also how many recent ones there are before they are put aside
     * @param cuts told what does not count
     */
    WaitingEvents(
            ListState<AdmittedEvent> recent,
            MapState<Long, List<AdmittedEvent>> aside,
            long sliceMillis,
            EventsCap cap,
            EventsCap.Cuts cuts) {
        this.recent = recent;
        this.aside = aside;
        this.sliceMillis = sliceMillis;
        this.levels = (int) Math.min(sliceMillis, LEVELS_MAX);
        this.recentMax = Math.max(cap.eventsMax(), FEW + 1);
        this.cap = cap;
        this.cuts = cuts;
    }

    /**
     * The events of a slice that is over.
     *
     * @param events those that count
     * @param next end of the next slice with events, {@link Agenda#NEVER} without one
     */
    record Slice(List<AdmittedEvent> events, long next) {}

    /** End of the slice of an event, exclusive. */
    long sliceEnd(AdmittedEvent event) {
        return (Math.floorDiv(event.time(), sliceMillis) + 1) * sliceMillis;
    }

    void add(AdmittedEvent event, Agenda agenda) throws Exception {
        recent.add(event);
        agenda.setRecent(agenda.recent() + 1);
        if (agenda.recent() >= recentMax) {
            putAside(recent.get(), agenda);
            recent.clear();
            agenda.setRecent(0);
        }
    }

    /** Takes the slice that ends at {@code now}: none waits for longer. */
    Slice take(long now, Agenda agenda) throws Exception {
        List<AdmittedEvent> slice = new ArrayList<>();
        long next = takeRecent(now, agenda, slice);
        if (agenda.isAside(now)) {
            for (long lot = now; lot < now + levels; lot++) {
                List<AdmittedEvent> events = aside.get(lot);
                if (events != null) {
                    slice.addAll(events);
                    slice = cap.cut(slice, cuts);
                    aside.remove(lot);
                }
            }
            agenda.takeAside(now);
        }
        return new Slice(cap.cut(slice, cuts), Math.min(next, agenda.firstAside()));
    }

    /** Adds to {@code slice}; gives the end of the next slice among those that stay. */
    private long takeRecent(long now, Agenda agenda, List<AdmittedEvent> slice) throws Exception {
        if (agenda.recent() == 0) {
            return Agenda.NEVER;
        }
        long next = Agenda.NEVER;
        List<AdmittedEvent> later = new ArrayList<>();
        for (AdmittedEvent event : recent.get()) {
            if (event.time() < now) {
                slice.add(event);
            } else {
                later.add(event);
                next = Math.min(next, sliceEnd(event));
            }
        }
        if (later.size() > FEW) {
            putAside(later, agenda);
            later.clear();
        }
        if (later.isEmpty()) {
            recent.clear();
        } else if (later.size() < agenda.recent()) {
            recent.update(later);
        }
        agenda.setRecent(later.size());
        return next;
    }

    private void putAside(Iterable<AdmittedEvent> events, Agenda agenda) throws Exception {
        Map<Long, List<AdmittedEvent>> bySlice = new TreeMap<>();
        for (AdmittedEvent event : events) {
            bySlice.computeIfAbsent(sliceEnd(event), end -> new ArrayList<>()).add(event);
        }
        for (Map.Entry<Long, List<AdmittedEvent>> slice : bySlice.entrySet()) {
            putAside(slice.getKey(), slice.getValue());
            agenda.putAside(slice.getKey());
        }
    }

    private void putAside(long sliceEnd, List<AdmittedEvent> events) throws Exception {
        long lot = sliceEnd;
        long last = sliceEnd + levels - 1;
        List<AdmittedEvent> there = aside.get(lot);
        while (there != null) {
            events.addAll(there);
            events = cap.cut(events, cuts);
            if (lot == last) {
                break;
            }
            aside.remove(lot);
            lot++;
            there = aside.get(lot);
        }
        aside.put(lot, cap.cut(events, cuts));
    }
}
