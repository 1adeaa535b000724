package io.sealroom.privacy.attribution;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The touches of one token and partner that a later conversion of the epoch may still need, newest
 * first, four longs each. {@link #retain} keeps it small: per kind and rule the N newest of those
 * old enough, plus those that are still too young for any conversion. A policy may let them be
 * young for long, so that {@link #TOUCHES_MAX} bounds what is taken at all. Several queries share a
 * buffer if the same partner's touches count for them.
 */
public final class TouchBuffer {

    /**
     * So many exposures of one token and partner are touches in an epoch: the first by (time,
     * SHA-256 of the record). In every result, so no option.
     */
    public static final int TOUCHES_MAX = 65_536;

    private static final int TOUCH_WORDS = 4;
    private static final long CLICK = 1L << 32;

    private long[] words;
    private int size;

    /** Touches that were ever added. */
    private int taken;

    private TouchBuffer(long[] words, int size, int taken) {
        this.words = words;
        this.size = size;
        this.taken = taken;
    }

    public static TouchBuffer empty() {
        return new TouchBuffer(new long[0], 0, 0);
    }

    /** Reads what {@link #write} wrote. */
    public static TouchBuffer read(LongBuffer in) {
        long counts = in.get();
        int size = (int) counts;
        long[] words = new long[size * TOUCH_WORDS];
        in.get(words);
        return new TouchBuffer(words, size, (int) (counts >>> Integer.SIZE));
    }

    /**
     * Appends {@link #words} longs: how many were ever added, in the high half, and how many there
     * are; then time, id and cell of each.
     */
    public void write(LongBuffer out) {
        out.put((long) taken << Integer.SIZE | size).put(words, 0, size * TOUCH_WORDS);
    }

    /** How many longs {@link #write} appends now. */
    public int words() {
        return 1 + size * TOUCH_WORDS;
    }

    public int size() {
        return size;
    }

    /**
     * Adds touches that stand, as many as the epoch still takes. One pass for all of a slice, or
     * many of one token would cost their square.
     *
     * @param more of slices that were not given before, in the order in which they are taken
     * @return how many were left out, from the end
     */
    public int addAll(List<Touch> more) {
        List<Touch> added =
                new ArrayList<>(more.subList(0, Math.min(more.size(), TOUCHES_MAX - taken)));
        merge(added);
        taken += added.size();
        return more.size() - added.size();
    }

    private void merge(List<Touch> added) {
        if (added.isEmpty()) {
            return;
        }
        added.sort(Touch.NEWEST_FIRST);
        long[] merged = new long[(size + added.size()) * TOUCH_WORDS];
        int from = 0;
        int to = 0;
        for (Touch touch : added) {
            int upTo = from;
            while (upTo < size && Touch.NEWEST_FIRST.compare(touch(upTo), touch) <= 0) {
                upTo++;
            }
            copy(from, merged, to, upTo - from);
            to += upTo - from;
            from = upTo;
            put(touch, merged, to++);
        }
        copy(from, merged, to, size - from);
        words = merged;
        size += added.size();
    }

    private void copy(int from, long[] target, int to, int touches) {
        System.arraycopy(
                words, from * TOUCH_WORDS, target, to * TOUCH_WORDS, touches * TOUCH_WORDS);
    }

    private static void put(Touch touch, long[] target, int index) {
        int offset = index * TOUCH_WORDS;
        target[offset] = touch.time();
        target[offset + 1] = touch.idHigh();
        target[offset + 2] = touch.idLow();
        target[offset + 3] = touch.cell() | (touch.click() ? CLICK : 0);
    }

    /** All touches, newest first. */
    public List<Touch> newestFirst() {
        List<Touch> touches = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            touches.add(touch(i));
        }
        return touches;
    }

    /**
     * Drops what no conversion at {@code now} or later can be credited to under any of the rules.
     * Why the rest of a kind is never needed: a touch that is old enough at {@code now} is old
     * enough for every later conversion; of those the oldest expire first, so the N newest stay
     * ahead of it for as long as it is eligible itself. Counting kinds apart keeps a burst of views
     * from evicting a click that comes first in order.
     *
     * @param now no conversion earlier than this is still to be credited
     * @param rules of every query that the buffer serves
     */
    public void retain(long now, List<AttributionRules> rules) {
        int[] ripeViews = new int[rules.size()];
        int[] ripeClicks = new int[rules.size()];
        int kept = 0;
        for (int i = 0; i < size; i++) {
            Touch touch = touch(i);
            if (isNeeded(touch, now, rules, touch.click() ? ripeClicks : ripeViews)) {
                System.arraycopy(words, i * TOUCH_WORDS, words, kept * TOUCH_WORDS, TOUCH_WORDS);
                kept++;
            }
        }
        size = kept;
    }

    /** Counts the touch as ripe for every rule it is ripe for, so it looks at all of them. */
    private static boolean isNeeded(
            Touch touch, long now, List<AttributionRules> rules, int[] ripe) {
        long age = now - touch.time();
        boolean needed = false;
        for (int r = 0; r < ripe.length; r++) {
            AttributionRules rule = rules.get(r);
            LookBack lookBack = rule.lookBack(touch);
            if (lookBack.isExpired(age)) {
                continue;
            }
            needed |= !lookBack.isRipe(age) || ripe[r]++ < rule.touchesMax();
        }
        return needed;
    }

    private Touch touch(int index) {
        int offset = index * TOUCH_WORDS;
        long last = words[offset + 3];
        return new Touch(
                words[offset],
                words[offset + 1],
                words[offset + 2],
                (int) last,
                (last & CLICK) != 0);
    }

    /** Without the content: it is about one token. */
    @Override
    public String toString() {
        return "TouchBuffer[" + size + " touches]";
    }
}
