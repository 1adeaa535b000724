package io.sealroom.reference;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Token;

/**
 * An admitted event of a history.
 *
 * @param partner name of the partner whose topic held it
 * @param event the event
 * @param recordHash SHA-256 of the record's bytes
 */
public record HistoryEvent(String partner, BlindedEvent event, Bytes32 recordHash) {

    Token token() {
        return event.tokens().get(0);
    }
}
