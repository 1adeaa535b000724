package io.sealroom.contracts;

import java.util.Optional;

/** What became of a release that was offered. All but {@link Retry} are final for the offer. */
public sealed interface PublishOutcome {

    /**
     * Recorded by this transaction, in a block that may still be reorganised.
     *
     * @param transaction hash of the transaction
     * @param blockNumber of the block it is in
     * @param blockHash of the block it is in
     */
    record Accepted(Word transaction, long blockNumber, Word blockHash) implements PublishOutcome {}

    /**
     * The contract held this very hash already: an earlier attempt, another node, a replay.
     *
     * @param releaseHash that is recorded
     */
    record AlreadyThere(Word releaseHash) implements PublishOutcome {}

    /**
     * Something else is recorded and stays; the offer is on record as a conflict.
     *
     * @param stored the release that stands; empty if there is none yet and it is the totals that
     *     differ from those on record
     */
    record Conflict(Optional<Word> stored) implements PublishOutcome {}

    /**
     * The budget could not pay when a release was first offered here; nothing will ever stand.
     *
     * @param dataset that was short; zero if that is recorded so far back that it was not searched
     *     for
     */
    record Withheld(Word dataset) implements PublishOutcome {}

    /** The contract does not take it, now or later. */
    record Refused(ContractError reason) implements PublishOutcome {}

    /**
     * Nothing is known to have happened; offering the same again is right.
     *
     * @param detail for a log
     */
    record Retry(RetryCause cause, String detail) implements PublishOutcome {}

    /** Whether offering the same again may change anything. */
    default boolean isFinal() {
        return !(this instanceof Retry);
    }
}
