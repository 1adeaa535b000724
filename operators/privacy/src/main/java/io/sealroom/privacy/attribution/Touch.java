package io.sealroom.privacy.attribution;

import java.util.Comparator;

/**
 * A view or click that a conversion may be credited to.
 *
 * @param time epoch milliseconds
 * @param idHigh bytes 0 to 7 of the event id
 * @param idLow bytes 8 to 15 of the event id
 * @param cell index in the policy's list of cells
 * @param click whether it is a click; a view otherwise
 */
public record Touch(long time, long idHigh, long idLow, int cell, boolean click) {

    /**
     * Time, then event id, both falling. The rest decides nothing between touches of one partner,
     * of which only one of an id stands; it keeps the order total whatever it is given.
     */
    public static final Comparator<Touch> NEWEST_FIRST =
            Comparator.<Touch>comparingLong(Touch::time)
                    .thenComparing((a, b) -> EventIds.compare(a.idHigh, a.idLow, b.idHigh, b.idLow))
                    .thenComparingInt(Touch::cell)
                    .thenComparing(Touch::click)
                    .reversed();

    public Touch {
        if (cell < 0) {
            throw new IllegalArgumentException("cell must not be negative, got " + cell);
        }
    }
}
