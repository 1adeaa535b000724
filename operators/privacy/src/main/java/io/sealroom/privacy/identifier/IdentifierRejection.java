package io.sealroom.privacy.identifier;

/** Why a text is not an identifier. The names are stable codes; none tells the text. */
public enum IdentifierRejection {
    /** Nothing is left after trimming. */
    EMPTY,
    /** Longer than any identifier of its kind. */
    TOO_LONG,
    /** Half a surrogate pair: it has no UTF-8, and a replacement would meet other texts. */
    MALFORMED_TEXT,
    /** Not exactly one @. */
    EMAIL_AT_SIGNS,
    /** Nothing before or nothing after the @. */
    EMAIL_PART_EMPTY,
    /**
     * White space, a control or an invisible format character inside, or a character unknown to
     * this version of Unicode, whose normal form may differ at another partner.
     */
    EMAIL_CHARACTER,
    /** Not a phone number, or a national one where the policy names no region. */
    PHONE_UNPARSEABLE,
    /** Of the right form, but no range of its country's numbering plan has it. */
    PHONE_INVALID,
    /** With an extension, which E.164 cannot say: several people would share the token. */
    PHONE_EXTENSION
}
