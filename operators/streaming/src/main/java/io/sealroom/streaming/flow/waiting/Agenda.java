package io.sealroom.streaming.flow.waiting;

import java.util.Arrays;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/**
 * What is on for one key: when its one timer fires, how many recent records wait, and which slices
 * have records put aside. Two longs for almost every key, so that it can be written for every
 * record.
 */
public final class Agenda {

    /** No timer; no slice. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int HEADER_WORDS = 2;

    private long timer;
    private int recent;

    /** Ends of slices, rising. */
    private long[] aside;

    private Agenda(long timer, int recent, long[] aside) {
        this.timer = timer;
        this.recent = recent;
        this.aside = aside;
    }

    /** Reads what {@link #write} gave; null is an empty one. */
    public static Agenda read(long @Nullable [] words) {
        return words == null
                ? new Agenda(NEVER, 0, new long[0])
                : new Agenda(
                        words[0],
                        Math.toIntExact(words[1]),
                        Arrays.copyOfRange(words, HEADER_WORDS, words.length));
    }

    /** Packed: timer, number of recent records, slices put aside; null if there is nothing. */
    public long @Nullable [] write() {
        if (timer == NEVER && recent == 0 && aside.length == 0) {
            return null;
        }
        long[] words = new long[HEADER_WORDS + aside.length];
        words[0] = timer;
        words[1] = recent;
        System.arraycopy(aside, 0, words, HEADER_WORDS, aside.length);
        return words;
    }

    /** Time of the timer, {@link #NEVER} without one. */
    public long timer() {
        return timer;
    }

    /** Moves the one timer of the key at hand to {@code time} if that is earlier. */
    public void arm(long time, TimerService timers) {
        if (timer <= time) {
            return;
        }
        if (timer != NEVER) {
            timers.deleteEventTimeTimer(timer);
        }
        timers.registerEventTimeTimer(time);
        timer = time;
    }

    /** The timer has fired. */
    public void fired() {
        timer = NEVER;
    }

    /** How many recent records wait. */
    int recent() {
        return recent;
    }

    void setRecent(int events) {
        recent = events;
    }

    boolean isAside(long sliceEnd) {
        return Arrays.binarySearch(aside, sliceEnd) >= 0;
    }

    /** Earliest slice with records put aside, {@link #NEVER} without any. */
    long firstAside() {
        return aside.length == 0 ? NEVER : aside[0];
    }

    void putAside(long sliceEnd) {
        int at = Arrays.binarySearch(aside, sliceEnd);
        if (at < 0) {
            int place = -at - 1;
            long[] more = Arrays.copyOf(aside, aside.length + 1);
            System.arraycopy(aside, place, more, place + 1, aside.length - place);
            more[place] = sliceEnd;
            aside = more;
        }
    }

    /** The slice is no longer aside; it is the earliest. */
    void takeAside(long sliceEnd) {
        if (firstAside() != sliceEnd) {
            throw new IllegalStateException("slices are taken in order of time");
        }
        aside = Arrays.copyOfRange(aside, 1, aside.length);
    }
}
