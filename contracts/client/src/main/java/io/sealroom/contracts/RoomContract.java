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

    /** The room that is meant. */
    RoomLocation location();

    /** Compares the endpoint with {@link #location} now. */
    void verify() throws IOException;

    /** keccak256 of the ABI encoding of the configuration that the contract was created with. */
    Word configurationHash() throws IOException;

    /** Whether all partners have approved, so that releases are taken. */
    boolean approved() throws IOException;

    /**
     * Whether a partner has approved.
     *
     * @param partnerIndex position in the configuration
     */
    boolean hasApproved(int partnerIndex) throws IOException;

    /**
     * Brings a partner's approval and waits until it is in a block, at most as long as the
     * endpoint's timeout; anyone may bring it.
     *
     * @param signature over {@link RoomDigests#approval}
     */
    ApproveOutcome approve(int partnerIndex, Signature signature);

    /**
     * Simulates the publish and, if that is not final already, sends the transaction. A conflict is
     * sent too, once, because its record is evidence.
     */
    Submission submit(ReleaseOffer offer);

    /**
     * Sends an offer again in place of the oldest transaction of this sender that is not in a
     * block, at a higher fee. For an offer whose transaction did not get into a block in time;
     * replacing another's is harmless, since that one is offered again too and the contract is
     * idempotent.
     */
    Submission resubmit(ReleaseOffer offer);

    /**
     * What became of an offer that was sent. {@link RetryCause#NOT_MINED} means: ask again, and
     * after a while resubmit.
     *
     * @param transaction as {@link Submission.Sent} gave it
     */
    PublishOutcome outcome(ReleaseOffer offer, Word transaction);

    /** {@link #submit}, then {@link #outcome} until it is known, at most the endpoint's timeout. */
    PublishOutcome publish(ReleaseOffer offer);

    /** The recorded release hash of a query and window. */
    Optional<Word> releaseHash(Word query, long start) throws IOException;

    /** The recorded totals commitment of a partner for a window. */
    Optional<Word> totalsCommitment(Word partner, long start, long end) throws IOException;

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
