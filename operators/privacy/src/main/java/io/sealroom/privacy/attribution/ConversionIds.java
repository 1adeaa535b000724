package io.sealroom.privacy.attribution;

import java.nio.LongBuffer;

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

    public long epoch() {
        return epoch;
    }

    /** Whether the key was new; it is known from now on. */
    boolean add(EventKey key) {
        int low = 0;
        int high = words.length / ID_WORDS;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = compare(key, middle * ID_WORDS);
            if (order == 0) {
                return false;
            }
            if (order < 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        long[] grown = new long[words.length + ID_WORDS];
        int at = low * ID_WORDS;
        System.arraycopy(words, 0, grown, 0, at);
        grown[at] = key.partner();
        grown[at + 1] = key.idHigh();
        grown[at + 2] = key.idLow();
        System.arraycopy(words, at, grown, at + ID_WORDS, words.length - at);
        words = grown;
        return true;
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
