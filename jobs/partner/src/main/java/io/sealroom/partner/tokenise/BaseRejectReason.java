package io.sealroom.partner.tokenise;

import io.sealroom.privacy.identifier.IdentifierRejection;

/** Why a line of a base has no token. The names are stable codes. */
public enum BaseRejectReason {
    /** Neither a record of RFC 4180 nor a JSON object with two texts, whichever the file is of. */
    LINE_MALFORMED,
    /** Longer than any record. */
    LINE_TOO_LONG,
    /** Bytes that are not UTF-8. */
    TEXT_MALFORMED,
    /** More or fewer fields than the header, or than {@code idType} and {@code identifier}. */
    FIELD_COUNT,
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
    PHONE_EXTENSION;

    static BaseRejectReason of(IdentifierRejection rejection) {
        return switch (rejection) {
            case EMPTY -> IDENTIFIER_EMPTY;
            case TOO_LONG -> IDENTIFIER_TOO_LONG;
            case MALFORMED_TEXT -> IDENTIFIER_MALFORMED;
            case EMAIL_AT_SIGNS, EMAIL_PART_EMPTY -> EMAIL_MALFORMED;
            case EMAIL_CHARACTER -> EMAIL_CHARACTER;
            case PHONE_UNPARSEABLE -> PHONE_MALFORMED;
            case PHONE_INVALID -> PHONE_INVALID;
            case PHONE_EXTENSION -> PHONE_EXTENSION;
        };
    }
}
