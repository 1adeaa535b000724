package io.sealroom.privacy.attribution;

import java.nio.LongBuffer;
import java.util.List;

/**
 * The conversions of one token that stood so far in one epoch, three longs each, sorted. Grows with
 * the conversions of the token and is dropped with the epoch.
 */
public final class ConversionIds {

    private static final int ID_WORDS = 3;

    private final long epoch;
    private long[] words;

    private ConversionIds(long epoch, long[] words) {
        this.epoch = epoch;
        this.words = words;
    }

    public static ConversionIds none(long epoch) {
        return new ConversionIds(epoch, new long[0]);
    }

    /** Reads what {@link #write} wrote. */
    public static ConversionIds read(LongBuffer in) {
        long epoch = in.get();
        long[] words = new long[Math.toIntExact(in.get()) * ID_WORDS];
        in.get(words);
        return new ConversionIds(epoch, words);
    }

    /** Appends {@link #words} longs: epoch, number of ids, then partner and id of each. */
    public void write(LongBuffer out) {
        out.put(epoch).put(words.length / ID_WORDS).put(words);
    }

    /** How many longs {@link #write} appends now. */
    public int words() {
        return 2 + words.length;
    }

    boolean isEmpty() {
        return words.length == 0;
    }

    public long epoch() {
        return epoch;
    }

    /** Whether the conversion stood before. */
    boolean contains(EventKey key) {
        int low = 0;
        int high = words.length / ID_WORDS;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = compare(key, middle * ID_WORDS);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return false;
    }

    /**
     * These are known from now on. One pass for all, or many ids of one slice would cost their
     * square.
     *
     * @param keys conversions that are not known yet, in {@link EventKey#ORDER}, each once
     */
    void addAll(List<EventKey> keys) {
        if (keys.isEmpty()) {
            return;
        }
        long[] merged = new long[words.length + keys.size() * ID_WORDS];
        int from = 0;
        int to = 0;
        for (EventKey key : keys) {
            int upTo = from;
            while (upTo < words.length && compare(key, upTo) > 0) {
                upTo += ID_WORDS;
            }
            System.arraycopy(words, from, merged, to, upTo - from);
            to += upTo - from;
            from = upTo;
            merged[to++] = key.partner();
            merged[to++] = key.idHigh();
            merged[to++] = key.idLow();
        }
        System.arraycopy(words, from, merged, to, words.length - from);
        words = merged;
    }

    private int compare(EventKey key, int at) {
        int order = Long.compare(key.partner(), words[at]);
        return order != 0
                ? order
                : EventIds.compare(key.idHigh(), key.idLow(), words[at + 1], words[at + 2]);
    }

    @Override
    public String toString() {
        return "ConversionIds[epoch " + epoch + ", " + words.length / ID_WORDS + " ids]";
    }
}
