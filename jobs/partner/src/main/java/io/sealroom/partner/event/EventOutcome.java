package io.sealroom.partner.event;

/** What {@link EventRules} say of an event. */
public sealed interface EventOutcome {

    /** Fit to be blinded and sent. */
    record Accepted(CheckedEvent event) implements EventOutcome {}

    /** Of the first field that breaks a rule. */
    record Rejected(EventField field, EventRejectReason reason) implements EventOutcome {}
}
