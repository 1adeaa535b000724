package io.sealroom.streaming.match;

import io.sealroom.privacy.overlap.OpenWindow;
import io.sealroom.privacy.overlap.OverlapContribution;
import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One token in one overlap query: the window it is in, if any, and how much of its caps is used.
 * There is one open window at most, because slices are worked on in time order and no slice crosses
 * an end of a window. Every event counts, duplicates and conversions beyond their cap included.
 */
final class OverlapTrack {

    private static final long COUNTERS = 1;
    private static final long WINDOW = 2;
    private static final long CUT = 4;

    private final OverlapRows rows;
    private long @Nullable [] counters;
    private @Nullable OpenWindow window;

    /** Whether it was said in this epoch that a cap cut the token. */
    private boolean cut;

    OverlapTrack(OverlapRows rows) {
        this.rows = rows;
    }

    /** Reads what {@link #write} wrote. */
    static OverlapTrack read(OverlapRows rows, LongBuffer words) {
        OverlapTrack track = new OverlapTrack(rows);
        long flags = words.get();
        track.cut = (flags & CUT) != 0;
        if ((flags & COUNTERS) != 0) {
            track.counters = new long[rows.caps().counterWords()];
            words.get(track.counters);
        }
        if ((flags & WINDOW) != 0) {
            track.window = OpenWindow.read(words);
        }
        return track;
    }

    /** Appends {@link #words} longs: what follows, then counters, then the open window. */
    void write(LongBuffer words) {
        words.put(
                (counters == null ? 0 : COUNTERS)
                        | (window == null ? 0 : WINDOW)
                        | (cut ? CUT : 0));
        if (counters != null) {
            words.put(counters);
        }
        if (window != null) {
            window.write(words);
        }
    }

    /** How many longs {@link #write} appends now. */
    int words() {
        return 1 + (counters == null ? 0 : counters.length) + (window == null ? 0 : window.words());
    }

    /**
     * Notes an event of a slice that is over; of another partner, nothing happens.
     *
     * @param cell of an exposure; {@link OverlapRows#NONE} for conversions
     */
    void see(int partner, long time, int cell) {
        if (!rows.names(partner)) {
            return;
        }
        if (window == null) {
            window = new OpenWindow(rows.windowStart(time));
        }
        rows.see(window, partner, cell);
    }

    /** Closes the window if it ends at {@code now} or before. */
    void close(long now, MatchPlan plan, MatchOutput out) {
        if (window == null || rows.windowEnd(window) > now) {
            return;
        }
        if (counters == null) {
            counters = rows.caps().freshCounters();
        }
        OverlapContribution contribution = rows.caps().close(counters, window);
        rows.contribute(window.start(), contribution, out);
        if (contribution.cut() && rows.isReporting() && !cut) {
            cut = true;
            plan.cut(1L << rows.index(), window.start(), out);
        }
        window = null;
    }

    /** End of the open window; {@link Long#MAX_VALUE} without one. */
    long windowEnd() {
        return window == null ? Long.MAX_VALUE : rows.windowEnd(window);
    }
}
