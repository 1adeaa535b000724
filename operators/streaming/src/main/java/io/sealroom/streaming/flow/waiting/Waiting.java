package io.sealroom.streaming.flow.waiting;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.MapState;

/**
 * The records of the key at hand that wait for the end of their slice.
 *
 * <p>Recent ones are appended to one list whatever their slice, which costs no reading. At the end
 * of a slice the list is read; a few that wait for longer are written back, because that is cheaper
 * than anything else, and more are put aside by slice. Almost no token ever has that many. So no
 * event is read at the end of each slice before its own, and no single value of the state backend
 * grows with what a partner sends: the list has {@code recentMax} events at most, a lot put aside
 * what its cap leaves.
 *
 * <p>A slice put aside is a few lots and not one, or whoever sends an event now and then to a slice
 * that is full would have all of it written again each time. As with the digits of a binary number,
 * a new lot takes level 0, and of two at one level comes one at the next: so no event is written
 * more often than the number of lots has digits.
 */
public final class Waiting<T> {

    /** So many waiting for longer are written back. */
    public static final int FEW = 64;

    /** Levels of lots; a slice has as many milliseconds, and a lot's key is one of them. */
    private static final int LEVELS_MAX = 32;

    private final ListState<T> recent;
    private final MapState<Long, List<T>> aside;
    private final long sliceMillis;
    private final int levels;
    private final int recentMax;
    private final ToLongFunction<T> time;
    private final Cap<T> cap;

    /**
     * @param recent the recent ones
     * @param aside lots, by end of the slice plus level
     * @param time of a record, epoch milliseconds
     * @param recentMax how many recent ones there are before they are put aside
     * @param cap what of a slice can count
     */
    public Waiting(
            ListState<T> recent,
            MapState<Long, List<T>> aside,
            ToLongFunction<T> time,
            long sliceMillis,
            int recentMax,
            Cap<T> cap) {
        this.recent = recent;
        this.aside = aside;
        this.time = time;
        this.sliceMillis = sliceMillis;
        this.levels = (int) Math.min(sliceMillis, LEVELS_MAX);
        this.recentMax = Math.max(recentMax, FEW + 1);
        this.cap = cap;
    }

    /** Leaves out what cannot count whatever else the slice has. */
    @FunctionalInterface
    public interface Cap<T> {
        /**
         * Those that can still count, in any order.
         *
         * @param some of one slice
         */
        List<T> cut(List<T> some);
    }

    /**
     * The events of a slice that is over.
     *
     * @param events those that count
     * @param next end of the next slice with events, {@link Agenda#NEVER} without one
     */
    public record Slice<T>(List<T> events, long next) {}

    /** End of the slice of an event, exclusive. */
    public long sliceEnd(T event) {
        return (Math.floorDiv(time.applyAsLong(event), sliceMillis) + 1) * sliceMillis;
    }

    /** Keeps an event until its slice is taken. */
    public void add(T event, Agenda agenda) throws Exception {
        recent.add(event);
        agenda.setRecent(agenda.recent() + 1);
        if (agenda.recent() >= recentMax) {
            putAside(recent.get(), agenda);
            recent.clear();
            agenda.setRecent(0);
        }
    }

    /** Takes the slice that ends at {@code now}: none waits for longer. */
    public Slice<T> take(long now, Agenda agenda) throws Exception {
        List<T> slice = new ArrayList<>();
        long next = takeRecent(now, agenda, slice);
        if (agenda.isAside(now)) {
            for (long lot = now; lot < now + levels; lot++) {
                List<T> events = aside.get(lot);
                if (events != null) {
                    slice.addAll(events);
                    slice = cap.cut(slice);
                    aside.remove(lot);
                }
            }
            agenda.takeAside(now);
        }
        return new Slice<>(cap.cut(slice), Math.min(next, agenda.firstAside()));
    }

    /** Adds to {@code slice}; gives the end of the next slice among those that stay. */
    private long takeRecent(long now, Agenda agenda, List<T> slice) throws Exception {
        if (agenda.recent() == 0) {
            return Agenda.NEVER;
        }
        long next = Agenda.NEVER;
        List<T> later = new ArrayList<>();
        for (T event : recent.get()) {
            if (time.applyAsLong(event) < now) {
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

    private void putAside(Iterable<T> events, Agenda agenda) throws Exception {
        Map<Long, List<T>> bySlice = new TreeMap<>();
        for (T event : events) {
            bySlice.computeIfAbsent(sliceEnd(event), end -> new ArrayList<>()).add(event);
        }
        for (Map.Entry<Long, List<T>> slice : bySlice.entrySet()) {
            putAside(slice.getKey(), slice.getValue());
            agenda.putAside(slice.getKey());
        }
    }

    private void putAside(long sliceEnd, List<T> events) throws Exception {
        long lot = sliceEnd;
        long last = sliceEnd + levels - 1;
        List<T> there = aside.get(lot);
        while (there != null) {
            events.addAll(there);
            events = cap.cut(events);
            if (lot == last) {
                break;
            }
            aside.remove(lot);
            lot++;
            there = aside.get(lot);
        }
        aside.put(lot, cap.cut(events));
    }
}
