package io.sealroom.streaming.publish;

import io.sealroom.contracts.ApproveOutcome;
import io.sealroom.contracts.PublishOutcome;
import io.sealroom.contracts.ReleaseOffer;
import io.sealroom.contracts.RetryCause;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomEvent;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Signature;
import io.sealroom.contracts.Submission;
import io.sealroom.contracts.Word;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A room that tells what became of an offer only when no reorganisation can undo it. Until then the
 * offer is to be tried again, which costs a simulation and sends nothing while the transaction
 * stands, and sends it anew if it is gone:
 *
 * <ol>
 *   <li>the release is recorded in block 100, and an offerer that believes it forgets the offer;
 *   <li>block 100 is reorganised away, and no node has the transaction any more;
 *   <li>nobody offers it again, and the window waits for ever.
 * </ol>
 *
 * <p>An outcome is final when the block that was newest as it was first seen is, and the outcome is
 * still the same. Offers are made by one thread.
 */
final class FinalityRoom implements RoomContract {

    /** An outcome that may yet be undone, and the newest block when it was seen. */
    private record Sighting(PublishOutcome outcome, long block) {

        boolean stands() {
            return FinalityRoom.stands(outcome);
        }
    }

    private record Offered(ReleaseOffer.Key key, Word releaseHash) {}

    private final RoomContract room;
    private final Map<Offered, Sighting> sightings = new HashMap<>();

    FinalityRoom(RoomContract room) {
        this.room = room;
    }

    @Override
    public Submission submit(ReleaseOffer offer) {
        return onlyFinal(offer, room.submit(offer));
    }

    @Override
    public Submission resubmit(ReleaseOffer offer) {
        return onlyFinal(offer, room.resubmit(offer));
    }

    @Override
    public PublishOutcome outcome(ReleaseOffer offer, Word transaction) {
        return onlyFinal(offer, room.outcome(offer, transaction));
    }

    @Override
    public PublishOutcome publish(ReleaseOffer offer) {
        return onlyFinal(offer, room.publish(offer));
    }

    private Submission onlyFinal(ReleaseOffer offer, Submission submission) {
        return submission instanceof Submission.Settled settled
                ? new Submission.Settled(onlyFinal(offer, settled.outcome()))
                : submission;
    }

    private PublishOutcome onlyFinal(ReleaseOffer offer, PublishOutcome outcome) {
        Offered offered = new Offered(offer.key(), offer.releaseHash());
        if (outcome instanceof PublishOutcome.Retry retry) {
            if (retry.cause() != RetryCause.ENDPOINT_AWAY) {
                sightings.remove(offered);
            }
            return outcome;
        }
        if (outcome instanceof PublishOutcome.Refused) {
            // It depends on the immutable configuration and the offer, not on what is recorded.
            sightings.remove(offered);
            return outcome;
        }
        try {
            return settled(offered, outcome);
        } catch (IOException e) {
            return new PublishOutcome.Retry(
                    RetryCause.ENDPOINT_AWAY, String.valueOf(e.getMessage()));
        }
    }

    private PublishOutcome settled(Offered offered, PublishOutcome outcome) throws IOException {
        Sighting first = sightings.get(offered);
        if (first == null || first.stands() != stands(outcome)) {
            first = new Sighting(outcome, room.headBlock());
            sightings.put(offered, first);
        }
        long finalBlock = room.finalBlock();
        if (finalBlock >= first.block()) {
            sightings.remove(offered);
            return first.outcome();
        }
        // Not NOT_MINED: the sender would ask for its block, and after a while outbid it.
        return new PublishOutcome.Retry(
                RetryCause.NOT_SENT,
                String.format(
                        "recorded, but block %d is not final yet (%d is)",
                        first.block(), finalBlock));
    }

    private static boolean stands(PublishOutcome outcome) {
        return !(outcome instanceof PublishOutcome.Conflict);
    }

    // The rest is the room's own.

    @Override
    public RoomLocation location() {
        return room.location();
    }

    @Override
    public void verify() throws IOException {
        room.verify();
    }

    @Override
    public Word configurationHash() throws IOException {
        return room.configurationHash();
    }

    @Override
    public boolean approved() throws IOException {
        return room.approved();
    }

    @Override
    public boolean hasApproved(int partnerIndex) throws IOException {
        return room.hasApproved(partnerIndex);
    }

    @Override
    public ApproveOutcome approve(int partnerIndex, Signature signature) {
        return room.approve(partnerIndex, signature);
    }

    @Override
    public Optional<Word> releaseHash(Word query, long start) throws IOException {
        return room.releaseHash(query, start);
    }

    @Override
    public Optional<Word> totalsCommitment(Word partner, long start, long end) throws IOException {
        return room.totalsCommitment(partner, start, end);
    }

    @Override
    public long headBlock() throws IOException {
        return room.headBlock();
    }

    @Override
    public long finalBlock() throws IOException {
        return room.finalBlock();
    }

    @Override
    public List<RoomEvent> events(long fromBlock, long toBlock) throws IOException {
        return room.events(fromBlock, toBlock);
    }

    @Override
    public void close() {
        room.close();
    }
}
