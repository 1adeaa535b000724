package io.sealroom.partner.event;

/** Which part of an event breaks a rule, in the order in which they are looked at. */
public enum EventField {
    EVENT_ID,
    IDENTIFIER,
    EVENT_TIME,
    CELL,
    VALUE
}
