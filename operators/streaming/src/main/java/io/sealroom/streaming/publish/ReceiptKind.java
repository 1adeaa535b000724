package io.sealroom.streaming.publish;

/** What a final event of the contract says of a query and window. */
public enum ReceiptKind {
    /** The one hash that stands. */
    PUBLISHED,
    /** An offer that cannot stand beside what is recorded. */
    CONFLICT,
    /** An offer that the privacy budget could not pay for; nothing will ever stand. */
    WITHHELD
}
