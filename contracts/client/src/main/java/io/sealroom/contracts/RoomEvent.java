package io.sealroom.contracts;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** An event of a Room. Field meanings are those of IRoom.sol. */
public sealed interface RoomEvent extends ChainEvent {

    /** The room exists, with this configuration. */
    record Opened(
            Position at, Word policyHash, Word configurationHash, RoomConfiguration configuration)
            implements RoomEvent {}

    /**
     * A partner agreed, and bound itself to its keys.
     *
     * @param keys {@link RoomDigests#keysCommitment}
     */
    record Approved(Position at, Word partner, Word keys, int approvals, int partners)
            implements RoomEvent {}

    /**
     * A partner's keys, each with a valid proof of possession.
     *
     * @param keys one per epoch of the room, rising
     */
    record KeysRevealed(Position at, Word partner, List<EpochKey> keys) implements RoomEvent {

        public KeysRevealed {
            keys = List.copyOf(keys);
        }
    }

    /** From here on releases are taken. */
    record Activated(Position at) implements RoomEvent {}

    /**
     * A partner ended the room.
     *
     * @param epoch the first one that it does not take part in
     * @param closesAt end of the last window that is taken
     */
    record Left(Position at, Word partner, long epoch, long closesAt) implements RoomEvent {}

    /**
     * The supplying partners are bound to their input of a window.
     *
     * @param commitments policy order
     */
    record TotalsCommitted(Position at, long start, long end, List<Word> commitments)
            implements RoomEvent {

        public TotalsCommitted {
            commitments = List.copyOf(commitments);
        }
    }

    /**
     * A quorum and all supplying partners signed totals that are not those on record.
     *
     * @param stored {@link RoomDigests#totalsHash} of those on record
     */
    record TotalsConflict(Position at, long start, long end, Word stored, List<Word> offered)
            implements RoomEvent {

        public TotalsConflict {
            offered = List.copyOf(offered);
        }
    }

    /** A partner signed two commitments for one window. */
    record TotalsEquivocation(
            Position at, Word partner, long start, long end, Word first, Word second)
            implements RoomEvent {}

    /** A node signed two releases for one query and window. */
    record ReleaseEquivocation(
            Position at, Account node, Word query, long start, long end, Word first, Word second)
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
     * A quorum signed a release that a data set has no budget for. Nothing will ever stand here.
     *
     * @param signers bit i is node i of the configuration
     */
    record Withheld(
            Position at,
            Word query,
            long start,
            long end,
            Word offered,
            Word dataset,
            BigInteger signers)
            implements RoomEvent {}

    /**
     * A quorum signed something that cannot stand beside what is recorded.
     *
     * @param stored the release that stands; empty if there is none yet and it is the totals that
     *     differ
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
