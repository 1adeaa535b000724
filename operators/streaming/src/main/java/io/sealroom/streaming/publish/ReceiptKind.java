package io.sealroom.streaming.publish;

/** What a final event of the contract says of a query and window. */
public enum ReceiptKind {
    /** The one hash that stands. */
    PUBLISHED,
    /** An offer that cannot stand beside what is recorded. */
    CONFLICT,
    /**
     * The privacy budget cannot pay for it. A Room without a ledger never says so; the kind has its
     * place so that state written before a ledger can be read after.
     */
    WITHHELD
}
