package io.sealroom.privacy.attribution;

import java.util.Comparator;

/**
 * A conversion.
 *
 * @param time epoch milliseconds
 * @param idHigh bytes 0 to 7 of the event id
 * @param idLow bytes 8 to 15 of the event id
 * @param value minor units, as the partner says
 */
public record Conversion(long time, long idHigh, long idLow, long value) {

    /** Time, then event id, both rising: total over conversions that stand. */
    public static final Comparator<Conversion> OLDEST_FIRST =
            (a, b) -> {
                int order = Long.compare(a.time, b.time);
                return order != 0 ? order : EventIds.compare(a.idHigh, a.idLow, b.idHigh, b.idLow);
            };
}
