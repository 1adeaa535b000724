package io.sealroom.reference;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.EventKind;
import java.util.Comparator;

/**
 * An admitted event of a history.
 *
 * @param partner name of the partner whose topic held it
 * @param event the event, with every token of its list
 * @param recordHash SHA-256 of the record's bytes
 */
public record HistoryEvent(String partner, BlindedEvent event, Bytes32 recordHash) {

    /** Decides which of two records goes first where ids may repeat. */
    static final Comparator<HistoryEvent> BY_TIME_THEN_HASH =
            Comparator.comparingLong(HistoryEvent::time).thenComparing(HistoryEvent::recordHash);

    /** Decides among records of different ids. */
    static final Comparator<HistoryEvent> BY_TIME_THEN_ID =
            Comparator.comparingLong(HistoryEvent::time)
                    .thenComparing(entry -> entry.event().eventId());

    long time() {
        return event.eventTime();
    }

    boolean isExposure() {
        return event.kind().isExposure();
    }

    boolean isClick() {
        return event.kind() == EventKind.CLICK;
    }
}
