package io.sealroom.partner.event;

/** Why an event is not sent. The names are stable codes; none tells the event. */
public enum EventRejectReason {
    EVENT_ID_EMPTY,
    /** Half a surrogate pair. */
    EVENT_ID_MALFORMED,
    IDENTIFIER_EMPTY,
    IDENTIFIER_TOO_LONG,
    IDENTIFIER_MALFORMED,
    /** Not exactly one @ with something on both sides. */
    EMAIL_MALFORMED,
    /** White space, a control, an invisible or an unassigned character in an e-mail address. */
    EMAIL_CHARACTER,
    /** Not a phone number, or a national one where the policy names no region. */
    PHONE_MALFORMED,
    /** A phone number outside its country's numbering plan. */
    PHONE_INVALID,
    /** A phone number with an extension. */
    PHONE_EXTENSION,
    /** Before the room's start or not before its end. */
    TIME_OUTSIDE_ROOM,
    /** An exposure without a cell. */
    CELL_MISSING,
    /** A cell that the policy does not list. */
    CELL_UNKNOWN,
    /** A conversion with a cell. */
    CELL_ON_CONVERSION,
    /** A conversion without a value. */
    VALUE_MISSING,
    VALUE_NEGATIVE,
    /** An exposure with a value. */
    VALUE_ON_EXPOSURE,
    /** Its slice was already sealed without it. */
    LATE,
    /**
     * Its identifier has no token: the own quota at a partner is used up, or nobody evaluates for
     * its epoch any more.
     */
    TOKEN_REFUSED
}
