package io.sealroom.partner.kit;

import io.sealroom.partner.event.EventField;
import io.sealroom.partner.event.EventRejectReason;

/** What became of an event. Each of them is final: the event need not be sent again. */
public sealed interface SendOutcome {

    /**
     * Committed.
     *
     * @param partition of the partner's events topic
     * @param offset of its record
     */
    record Sent(int partition, long offset) implements SendOutcome {}

    /** An event of the same id was committed before; the first stands. */
    record AlreadySent() implements SendOutcome {}

    /**
     * Not sent, and never will be.
     *
     * @param field what is wrong with it
     * @param reason stable code
     */
    record Rejected(EventField field, EventRejectReason reason) implements SendOutcome {}
}
