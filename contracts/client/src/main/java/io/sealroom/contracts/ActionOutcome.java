package io.sealroom.contracts;

/** What became of a call that is waited for: anything but a publish. */
public sealed interface ActionOutcome {

    /** Recorded by this transaction, in a block that may still be reorganised. */
    record Recorded(Word transaction) implements ActionOutcome {}

    /** It was on record before; nothing was sent. */
    record AlreadyRecorded() implements ActionOutcome {}

    /** The contract does not take it, as things stand. */
    record Refused(ContractError reason) implements ActionOutcome {}

    /**
     * Bringing the same again is right.
     *
     * @param detail for a log
     */
    record Retry(RetryCause cause, String detail) implements ActionOutcome {}
}
