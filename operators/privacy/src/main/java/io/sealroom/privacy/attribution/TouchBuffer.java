package io.sealroom.privacy.attribution;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The touches of one token that a later conversion may still need, newest first, four longs each.
 * {@link #retain} bounds it: per kind and rule the N newest of those old enough, plus those that
 * are still too young for any conversion. Several queries share a buffer if the same partner's
 * touches count for them.
 */
public final class TouchBuffer {

    private static final int TOUCH_WORDS = 4;
    private static final long CLICK = 1L << 32;

    private long[] words;
    private int size;

    private TouchBuffer(long[] words, int size) {
        this.words = words;
        this.size = size;
    }

    public static TouchBuffer empty() {
        return new TouchBuffer(new long[0], 0);
    }

    /** Reads what {@link #write} wrote. */
    public static TouchBuffer read(LongBuffer in) {
        int size = Math.toIntExact(in.get());
        long[] words = new long[size * TOUCH_WORDS];
        in.get(words);
        return new TouchBuffer(words, size);
    }

    /** Appends {@link #words} longs: the number of touches, then time, id and cell of each. */
    public void write(LongBuffer out) {
        out.put(size).put(words, 0, size * TOUCH_WORDS);
    }

    /** How many longs {@link #write} appends now. */
    public int words() {
        return 1 + size * TOUCH_WORDS;
    }

    public int size() {
        return size;
    }

    /** Adds a touch that stands, in any order of time. */
    public void add(Touch touch) {
        int at = size;
        // Mostly at the front: touches arrive nearly in time order.
        for (int i = 0; i < size; i++) {
            if (Touch.NEWEST_FIRST.compare(touch, touch(i)) < 0) {
                at = i;
                break;
            }
        }
        if (words.length < (size + 1) * TOUCH_WORDS) {
            words = Arrays.copyOf(words, (size + 1 + size / 2) * TOUCH_WORDS);
        }
        int offset = at * TOUCH_WORDS;
        System.arraycopy(words, offset, words, offset + TOUCH_WORDS, (size - at) * TOUCH_WORDS);
        words[offset] = touch.time();
        words[offset + 1] = touch.idHigh();
        words[offset + 2] = touch.idLow();
        words[offset + 3] = touch.cell() | (touch.click() ? CLICK : 0);
        size++;
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
