package io.sealroom.reference;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;

/**
 * Whom an event is about, as far as anybody can tell: a token belongs to one epoch, and a partner
 * that uses one in two epochs speaks of two people.
 */
record Identity(IdentifierKind kind, Token token, long epoch) {

    /** Of slot 0: the event's own epoch. */
    static Identity of(Policy policy, HistoryEvent entry) {
        BlindedEvent event = entry.event();
        return new Identity(
                event.identifierKind(), event.tokens().get(0), policy.epochOf(event.eventTime()));
    }
}
