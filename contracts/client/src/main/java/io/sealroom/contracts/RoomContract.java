package io.sealroom.contracts;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * One deployed Room, seen through one chain endpoint. Calls block for as long as the endpoint takes
 * to answer (bounded by its timeout) and never for a block, unless they say so. Safe for use by
 * several threads.
 *
 * <p>Before the first call, and after each time the endpoint was away, chain id, code and policy
 * hash are compared with {@link #location}; every method throws {@link WrongChainException} if they
 * differ.
 *
 * <p>Reads throw an {@link IOException} when the endpoint does not answer. They see the newest
 * block, which may still be reorganised, except where {@link #finalBlock} bounds them.
 */
public interface RoomContract extends AutoCloseable {

    /** Stands where a release would, if the budget could not pay for it. No hash equals it. */
    Word WITHHELD = new Word(0, 0, 0, 1);

    /** The room that is meant. */
    RoomLocation location();

    /** Compares the endpoint with {@link #location} now. */
    void verify() throws IOException;

    /** keccak256 of the ABI encoding of the configuration that the contract was created with. */
    Word configurationHash() throws IOException;

    /** Whether all partners have approved, so that keys may be revealed. */
    boolean approved() throws IOException;

    /** Whether all partners have approved and revealed, so that releases are taken. */
    boolean active() throws IOException;

    /**
     * What a partner bound itself to when it approved; empty before.
     *
     * @param partnerIndex position in the configuration
     * @return {@link RoomDigests#keysCommitment}
     */
    Optional<Word> keysCommitment(int partnerIndex) throws IOException;

    /**
     * Whether a partner has revealed its keys.
     *
     * @param partnerIndex position in the configuration
     */
    boolean revealed(int partnerIndex) throws IOException;

    /** End of the last window that is taken: the room's, or where a partner ended it. */
    long closesAt() throws IOException;

    /**
     * Whether a query's charge of an epoch is paid.
     *
     * @throws IllegalArgumentException if the policy has no such query
     */
    boolean charged(Word query, long epoch) throws IOException;

    /**
     * Brings a partner's approval and waits until it is in a block, at most as long as the
     * endpoint's timeout; anyone may bring it.
     *
     * @param keys {@link RoomDigests#keysCommitment}
     * @param signature of the approver over {@link RoomDigests#approval}
     */
    ActionOutcome approve(int partnerIndex, Word keys, Signature signature);

    /**
     * Brings the keys that a partner bound itself to, once all partners are bound; waits as {@link
     * #approve} does.
     *
     * @param keys one per epoch of the room, rising
     * @param proofs one per key
     */
    ActionOutcome reveal(int partnerIndex, List<EpochKey> keys, List<KeyProof> proofs);

    /**
     * Ends a partner's participation, and with it the room, from an epoch that has not begun; waits
     * as {@link #approve} does. A repeat is refused: the room closes no later than that anyway.
     *
     * @param signature of the approver over {@link RoomDigests#leave}
     */
    ActionOutcome leaveFrom(int partnerIndex, long epoch, Signature signature);

    /**
     * Records that a partner signed two commitments for one window; waits as {@link #approve} does.
     */
    ActionOutcome proveTotalsEquivocation(
            int partnerIndex, long start, long end, TotalsOffer first, TotalsOffer second);

    /**
     * Records that a node signed two releases for one query and window; waits as {@link #approve}
     * does.
     */
    ActionOutcome proveReleaseEquivocation(
            long start, long end, ReleaseEvidence first, ReleaseEvidence second);

    /**
     * Simulates the publish and, if nothing is left to record, says what stands; else sends the
     * transaction. A conflict is sent too, once, because its record is evidence.
     */
    Submission submit(WindowOffer offer);

    /**
     * Sends an offer again in place of its own transaction, at a higher fee; or in place of the
     * oldest of this sender that is in no block, if that holds all others up. For an offer whose
     * transaction did not get into a block in time; replacing another's is harmless, since that one
     * is offered again too and the contract is idempotent. Not before there was a block without it:
     * until then the same transaction is given again.
     */
    Submission resubmit(WindowOffer offer);

    /**
     * What became of an offer that was sent. {@link RetryCause#NOT_MINED} means: ask again, and
     * after a while resubmit.
     *
     * @param transaction as {@link Submission.Sent} gave it
     * @return one per release, in the offer's order; a refusal or a retry holds for all of them
     */
    List<PublishOutcome> outcome(WindowOffer offer, Word transaction);

    /** {@link #submit}, then {@link #outcome} until it is known, at most the endpoint's timeout. */
    List<PublishOutcome> publish(WindowOffer offer);

    /**
     * The recorded release hash of a query and window; {@link #WITHHELD} where the budget could not
     * pay.
     */
    Optional<Word> releaseHash(Word query, long start) throws IOException;

    /** The recorded {@link RoomDigests#totalsHash} of a window. */
    Optional<Word> totalsHash(long start, long end) throws IOException;

    /**
     * Whether a row belongs to the release on record. A suppressed one does too: look at the status
     * before the value.
     *
     * @param release the row's, as published; the hash that it states is not read
     * @param totals {@link RoomDigests#totalsHash} of its window
     * @param proof OpenZeppelin Merkle proof of the row's leaf
     */
    boolean verifyRow(ReleasedRow row, ReleaseOffer release, Word totals, List<Word> proof)
            throws IOException;

    /** Number of the newest block. */
    long headBlock() throws IOException;

    /**
     * Number of the newest block that will not be reorganised, by the room's finality depth or, if
     * that is 0, by the chain's finalized tag; -1 while there is none.
     */
    long finalBlock() throws IOException;

    /**
     * All events of the room in a range of blocks, in chain order.
     *
     * @param fromBlock first block
     * @param toBlock last block, inclusive; below {@code fromBlock}: no events
     */
    List<RoomEvent> events(long fromBlock, long toBlock) throws IOException;

    @Override
    void close();
}
