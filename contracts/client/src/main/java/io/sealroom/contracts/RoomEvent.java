package io.sealroom.contracts;

import java.math.BigInteger;
import java.util.Optional;

/** An event of the contract. Field meanings are those of IRoom.sol. */
public sealed interface RoomEvent {

    /** Where it is recorded. */
    Position at();

    /**
     * A place in the chain. A reorganisation can remove it or move the transaction to another
     * block, so that only (blockHash, logIndex) names an event, and only one in a final block
     * stays.
     *
     * @param logIndex position among all logs of the block
     */
    record Position(long blockNumber, Word blockHash, Word transaction, int logIndex) {}

    record Opened(Position at, Word policyHash, Word configurationHash) implements RoomEvent {}

    record Approved(Position at, Word partner, int approvals, int partners) implements RoomEvent {}

    record TotalsCommitted(Position at, Word partner, long start, long end, Word commitment)
            implements RoomEvent {}

    record TotalsEquivocation(
            Position at,
            Word partner,
            long start,
            long end,
            Word stored,
            Word offered,
            Signature signature)
            implements RoomEvent {}

    /**
     * The one result of a query and window.
     *
     * @param signers bit i is node i of the configuration
     */
    record Published(
            Position at,
            Word query,
            long start,
            long end,
            Word releaseHash,
            Word root,
            int rowCount,
            BigInteger signers)
            implements RoomEvent {}

    /**
     * A quorum signed something that cannot stand beside what is recorded.
     *
     * @param stored the release that stands; empty if there is none yet and it is a partner's
     *     totals that differ
     * @param signers bit i is node i of the configuration
     */
    record Conflict(
            Position at,
            Word query,
            long start,
            long end,
            Optional<Word> stored,
            Word offered,
            BigInteger signers)
            implements RoomEvent {}
}
