package io.sealroom.partner.csv;

/** Why a line of the input became no event. The names are stable codes. */
public enum CsvRejectReason {
    /** Quotes that do not follow RFC 4180; in JSON lines anything but one object. */
    LINE_MALFORMED,
    /** Longer than any record: 65,536 characters, in JSON lines bytes. */
    LINE_TOO_LONG,
    /** Bytes that are not UTF-8. */
    TEXT_MALFORMED,
    /** More or fewer fields than the header. */
    COLUMN_COUNT,
    /** JSON lines: a field with another name than the seven. */
    FIELD_UNKNOWN,
    /** JSON lines: a field that stands twice in one object. */
    FIELD_REPEATED,
    /** JSON lines: neither a string nor a number nor null. */
    FIELD_TYPE,
    EVENT_ID_EMPTY,
    /** Half a surrogate pair. */
    EVENT_ID_MALFORMED,
    /** An earlier line has the same event id; the first stands. */
    EVENT_ID_REPEATED,
    /** Neither email nor phone. */
    ID_TYPE_UNKNOWN,
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
    /** Neither ISO-8601 with an offset nor epoch milliseconds. */
    TIMESTAMP_MALFORMED,
    /** Before the room's start or not before its end. */
    TIMESTAMP_OUTSIDE_ROOM,
    /** Not view, click or conversion. */
    KIND_UNKNOWN,
    /** An exposure without a cell. */
    CELL_MISSING,
    /** A cell that the policy does not list. */
    CELL_UNKNOWN,
    /** A conversion with a cell. */
    CELL_ON_CONVERSION,
    /** A conversion without a value. */
    VALUE_MISSING,
    /** Not an integer of minor units. */
    VALUE_MALFORMED,
    VALUE_NEGATIVE,
    /** An exposure with a value. */
    VALUE_ON_EXPOSURE,
    /** Its slice was already sealed without it. */
    LATE
}
