package io.sealroom.privacy.attribution;

import java.util.Comparator;

/**
 * What makes two records of one token the same event.
 *
 * @param partner index of the partner the record came from, never negative
 * @param conversion whether it is a conversion; exposures and conversions never meet
 * @param idHigh bytes 0 to 7 of the event id
 * @param idLow bytes 8 to 15 of the event id
 */
public record EventKey(int partner, boolean conversion, long idHigh, long idLow) {

    /** Exposures, then conversions; of each kind by partner and id. */
    static final Comparator<EventKey> ORDER =
            Comparator.comparing(EventKey::conversion)
                    .thenComparingInt(EventKey::partner)
                    .thenComparing(
                            (a, b) -> EventIds.compare(a.idHigh, a.idLow, b.idHigh, b.idLow));
}
