package io.sealroom.privacy.overlap;

import java.util.List;

/**
 * What one token adds to the rows of one (query, window), after the caps: 1 to each row it names.
 *
 * @param total whether it counts in the overlap total
 * @param reach bit p is set if it counts in the reach of partner p
 * @param cells rising indices of the cells it counts in
 * @param cut whether a cap kept it from counting somewhere else
 */
public record OverlapContribution(boolean total, int reach, List<Integer> cells, boolean cut) {

    public OverlapContribution {
        cells = List.copyOf(cells);
    }

    /** Whether it counts in the reach of a partner. */
    public boolean reaches(int partner) {
        return (reach >>> partner & 1) == 1;
    }

    /** Whether it counts nowhere. */
    public boolean isEmpty() {
        return !total && reach == 0 && cells.isEmpty();
    }
}
