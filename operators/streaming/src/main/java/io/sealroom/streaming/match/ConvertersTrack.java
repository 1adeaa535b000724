package io.sealroom.streaming.match;

import io.sealroom.privacy.attribution.Conversion;
import io.sealroom.streaming.flow.PartnerTouches;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * One token as a converter of one query: the cells it has been counted in, in the window of its
 * last conversion. At most N cells a conversion that was admitted.
 */
final class ConvertersTrack {

    private final ConverterRows rows;
    private long windowStart = Long.MIN_VALUE;

    /** Rising. */
    private long[] cells = {};

    ConvertersTrack(ConverterRows rows) {
        this.rows = rows;
    }

    /** Reads what {@link #write} wrote. */
    static ConvertersTrack read(ConverterRows rows, LongBuffer words) {
        ConvertersTrack track = new ConvertersTrack(rows);
        track.windowStart = words.get();
        track.cells = new long[Math.toIntExact(words.get())];
        words.get(track.cells);
        return track;
    }

    /** Appends {@link #words} longs: start of the window, number of cells, cells. */
    void write(LongBuffer words) {
        words.put(windowStart).put(cells.length).put(cells);
    }

    /** How many longs {@link #write} appends now. */
    int words() {
        return 2 + cells.length;
    }

    /**
     * Counts the token in each cell that the conversion credits, if it has not been in this window.
     *
     * @param conversion admitted by the queries, not earlier than those before it
     */
    void count(
            Conversion conversion, long queries, List<PartnerTouches> candidates, MatchOutput out) {
        if (!rows.isIn(queries)) {
            return;
        }
        long window = rows.windowStart(conversion.time());
        if (window != windowStart) {
            windowStart = window;
            cells = new long[0];
        }
        for (int cell : rows.credited(conversion, candidates)) {
            int at = Arrays.binarySearch(cells, cell);
            if (at < 0) {
                insert(-at - 1, cell);
                out.add(rows.one(window, cell));
            }
        }
    }

    private void insert(int place, long cell) {
        long[] grown = Arrays.copyOf(cells, cells.length + 1);
        System.arraycopy(cells, place, grown, place + 1, cells.length - place);
        grown[place] = cell;
        cells = grown;
    }
}
