package io.sealroom.streaming.match;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is on for one token: when its one timer fires, how many recent events wait, and which slices
 * have events put aside. Two longs for almost every token, so that it can be written for every
 * event.
 */
final class Agenda {

    /** No timer; no slice. */
    static final long NEVER = Long.MAX_VALUE;

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
    static Agenda read(long @Nullable [] words) {
        return words == null
                ? new Agenda(NEVER, 0, new long[0])
                : new Agenda(
                        words[0],
                        Math.toIntExact(words[1]),
                        Arrays.copyOfRange(words, HEADER_WORDS, words.length));
    }

    /** Packed: timer, number of recent events, slices put aside; null if there is nothing. */
    long @Nullable [] write() {
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
    long timer() {
        return timer;
    }

    void setTimer(long time) {
        timer = time;
    }

    /** How many recent events wait. */
    int recent() {
        return recent;
    }

    void setRecent(int events) {
        recent = events;
    }

    boolean isAside(long sliceEnd) {
        return Arrays.binarySearch(aside, sliceEnd) >= 0;
    }

    /** Earliest slice with events put aside, {@link #NEVER} without any. */
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
