package io.sealroom.privacy.overlap;

import io.sealroom.schemas.policy.OverlapQuery;
import java.util.Arrays;
import java.util.List;

/**
 * The caps of one overlap query. A token counts, for each family apart, in the first W windows of
 * an epoch in which it would count at all:
 *
 * <ul>
 *   <li>total: windows with an event from every named partner;
 *   <li>reach of a partner: windows with an event from this partner;
 *   <li>cells: windows of the first kind with at least one exposure of the exposing partner; of
 *       those the L0 smallest cells.
 * </ul>
 *
 * <p>Families are counted apart so that a cap reached in one takes nothing from another. The
 * counters of a token in an epoch are an array of {@link #counterWords} longs that the caller
 * keeps.
 *
 * @param partners number of named partners
 * @param reach whether the query has the reach of each partner
 * @param windowsMax the cap W
 * @param cellsMax the cap L0; 0 if the query has no cells
 */
public record OverlapCaps(int partners, boolean reach, int windowsMax, int cellsMax) {

    private static final int COUNTER_BITS = 21;
    private static final int COUNTER_MASK = (1 << COUNTER_BITS) - 1;
    private static final int COUNTERS_PER_WORD = Long.SIZE / COUNTER_BITS;

    /** Largest cap W that the counters hold: nearly four years of minutes. */
    public static final int WINDOWS_MAX = COUNTER_MASK;

    private static final int TOTAL = 0;
    private static final int CELLS = 1;
    private static final int FIRST_REACH = 2;

    public OverlapCaps {
        requireRange("partners", partners, 1, OpenWindow.PARTNERS_MAX);
        requireRange("windowsMax", windowsMax, 1, WINDOWS_MAX);
        requireRange("cellsMax", cellsMax, 0, Integer.MAX_VALUE);
    }

    /** As a policy's query has it. */
    public static OverlapCaps of(OverlapQuery query) {
        return new OverlapCaps(
                query.partners().size(),
                query.reach() != null,
                query.windowsPerEpoch(),
                query.exposing() == null ? 0 : query.cellsPerWindow());
    }

    /** Length of a token's counters: the last window's start, then three counters to a word. */
    public int counterWords() {
        int counters = FIRST_REACH + partners;
        return 1 + (counters + COUNTERS_PER_WORD - 1) / COUNTERS_PER_WORD;
    }

    /** Counters of a token that has closed no window of the epoch. */
    public long[] freshCounters() {
        long[] counters = new long[counterWords()];
        counters[0] = Long.MIN_VALUE;
        return counters;
    }

    /**
     * Counts a window that is over.
     *
     * @param counters the token's counters in the window's epoch, changed in place
     * @param window what the token showed
     * @throws IllegalArgumentException if a window of the token that is not earlier was closed
     *     before: the first W would then depend on the order of arrival
     */
    public OverlapContribution close(long[] counters, OpenWindow window) {
        long last = counters[0];
        if (last != Long.MIN_VALUE && window.start() <= last) {
            throw new IllegalArgumentException(
                    "windows must be closed in time order, got "
                            + window.start()
                            + " after "
                            + last);
        }
        counters[0] = window.start();

        int named = partners == Integer.SIZE ? -1 : (1 << partners) - 1;
        int seen = window.partners() & named;
        boolean overlaps = seen == named;
        int counting = 0;
        for (int partner = 0; partner < partners; partner++) {
            int bit = 1 << partner;
            if (reach && (seen & bit) != 0 && claim(counters, FIRST_REACH + partner)) {
                counting |= bit;
            }
        }
        boolean total = overlaps && claim(counters, TOTAL);
        List<Integer> cells =
                Arrays.stream(window.cells()).limit(overlaps ? cellsMax : 0).boxed().toList();
        boolean cellsCut = !cells.isEmpty() && window.hasMoreCells();
        if (!cells.isEmpty() && !claim(counters, CELLS)) {
            cellsCut = true;
            cells = List.of();
        }
        boolean cut = cellsCut || (overlaps && !total) || (reach && counting != seen);
        return new OverlapContribution(total, counting, cells, cut);
    }

    /** Takes one of the W windows of a family, if one is left. */
    private boolean claim(long[] counters, int family) {
        int word = 1 + family / COUNTERS_PER_WORD;
        int shift = family % COUNTERS_PER_WORD * COUNTER_BITS;
        if ((counters[word] >>> shift & COUNTER_MASK) >= windowsMax) {
            return false;
        }
        counters[word] += 1L << shift;
        return true;
    }

    private static void requireRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + " must be in [" + min + ", " + max + "], got " + value);
        }
    }
}
