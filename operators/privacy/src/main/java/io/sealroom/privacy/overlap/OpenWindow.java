package io.sealroom.privacy.overlap;

import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * What one token showed in one window of one query that is not over yet: the named partners with an
 * event, and the smallest cells of the exposing partner's exposures. Order and repetition of events
 * make no difference. Grows to {@code cellsMax} cells at most.
 */
public final class OpenWindow {

    /** Named partners of a query: one bit of an int each. */
    public static final int PARTNERS_MAX = Integer.SIZE;

    private static final int HEADER_WORDS = 2;

    private final long start;
    private int partners;
    private int[] cells = {};
    private boolean more;

    /**
     * @param start start of the window, epoch milliseconds
     */
    public OpenWindow(long start) {
        this.start = start;
    }

    /** Reads what {@link #write} wrote. */
    public static OpenWindow read(LongBuffer words) {
        OpenWindow window = new OpenWindow(words.get());
        long header = words.get();
        window.partners = (int) header;
        window.cells = new int[(int) (header >>> Integer.SIZE) & Integer.MAX_VALUE];
        window.more = header < 0;
        for (int i = 0; i < window.cells.length; i += 2) {
            long pair = words.get();
            window.cells[i] = (int) pair;
            if (i + 1 < window.cells.length) {
                window.cells[i + 1] = (int) (pair >>> Integer.SIZE);
            }
        }
        return window;
    }

    /**
     * Appends {@link #words} longs: start; whether there were more cells, their count, and
     * partners; cells two by two.
     */
    public void write(LongBuffer words) {
        words.put(start);
        words.put(
                (more ? Long.MIN_VALUE : 0)
                        | (long) cells.length << Integer.SIZE
                        | Integer.toUnsignedLong(partners));
        for (int i = 0; i < cells.length; i += 2) {
            long second = i + 1 < cells.length ? cells[i + 1] : 0;
            words.put(second << Integer.SIZE | cells[i]);
        }
    }

    /** How many longs {@link #write} appends now. */
    public int words() {
        return HEADER_WORDS + (cells.length + 1) / 2;
    }

    public long start() {
        return start;
    }

    /**
     * Notes an event of a named partner, of any kind.
     *
     * @param partner index in the query's list of partners
     */
    public void see(int partner) {
        if (partner < 0 || partner >= PARTNERS_MAX) {
            throw new IllegalArgumentException(
                    "partner must be in [0, " + PARTNERS_MAX + "), got " + partner);
        }
        partners |= 1 << partner;
    }

    /**
     * Notes the cell of an exposure of the exposing partner, beside {@link #see}. Keeping only the
     * smallest loses nothing: a cell that is not among the smallest now never will be.
     *
     * @param cell index in the policy's list of cells
     * @param cellsMax the query's cap L0, at least 1
     * @param noted whether to note that there were more; if not, what is written is what versions
     *     read that know of no such note
     */
    public void seeCell(int cell, int cellsMax, boolean noted) {
        if (cell < 0) {
            throw new IllegalArgumentException("cell must not be negative, got " + cell);
        }
        int at = Arrays.binarySearch(cells, cell);
        if (at >= 0) {
            return;
        }
        more |= noted && cells.length == cellsMax;
        at = -at - 1;
        if (at >= cellsMax) {
            return;
        }
        int[] grown = new int[Math.min(cells.length + 1, cellsMax)];
        System.arraycopy(cells, 0, grown, 0, at);
        grown[at] = cell;
        System.arraycopy(cells, at, grown, at + 1, grown.length - at - 1);
        cells = grown;
    }

    /** Bit p is set if partner p had an event. */
    int partners() {
        return partners;
    }

    /** Rising. */
    int[] cells() {
        return cells.clone();
    }

    /** Whether it is noted that there were more distinct cells than the cap keeps. */
    boolean hasMoreCells() {
        return more;
    }

    /** Without the content: it is about one token. */
    @Override
    public String toString() {
        return "OpenWindow[" + start + "]";
    }
}
