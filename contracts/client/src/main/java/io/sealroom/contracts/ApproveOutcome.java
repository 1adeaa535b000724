package io.sealroom.contracts;

/** What became of a partner's approval. */
public sealed interface ApproveOutcome {

    /** Recorded by this transaction. */
    record Approved(Word transaction) implements ApproveOutcome {}

    /** It was on record before. */
    record AlreadyApproved() implements ApproveOutcome {}

    /** The contract does not take it. */
    record Refused(ContractError reason) implements ApproveOutcome {}

    /**
     * Bringing the same again is right.
     *
     * @param detail for a log
     */
    record Retry(RetryCause cause, String detail) implements ApproveOutcome {}
}
