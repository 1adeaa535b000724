package io.sealroom.streaming.publish;

import io.sealroom.contracts.ActionOutcome;
import io.sealroom.contracts.EpochKey;
import io.sealroom.contracts.KeyProof;
import io.sealroom.contracts.PublishOutcome;
import io.sealroom.contracts.ReleaseEvidence;
import io.sealroom.contracts.ReleaseOffer;
import io.sealroom.contracts.ReleasedRow;
import io.sealroom.contracts.RetryCause;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomEvent;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Signature;
import io.sealroom.contracts.SignedRelease;
import io.sealroom.contracts.Submission;
import io.sealroom.contracts.TotalsOffer;
import io.sealroom.contracts.WindowOffer;
import io.sealroom.contracts.Word;
import java.io.IOException;
import java.util.Collections;
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
 * still of the same kind. The releases of an offer wait for one another. Offers are made by one
 * thread.
 */
final class FinalityRoom implements RoomContract {

    /** Outcomes that may yet be undone, and the newest block when they were seen. */
    private record Sighting(List<PublishOutcome> outcomes, long block) {

        boolean isLike(List<PublishOutcome> others) {
            return kinds(outcomes).equals(kinds(others));
        }
    }

    /** What a release can come to; who recorded it makes no difference. */
    private enum Kind {
        STANDS,
        CONFLICT,
        WITHHELD
    }

    private record Offered(long start, long end, List<SignedRelease> releases) {}

    private final RoomContract room;
    private final Map<Offered, Sighting> sightings = new HashMap<>();

    FinalityRoom(RoomContract room) {
        this.room = room;
    }

    @Override
    public Submission submit(WindowOffer offer) {
        return onlyFinal(offer, room.submit(offer));
    }

    @Override
    public Submission resubmit(WindowOffer offer) {
        return onlyFinal(offer, room.resubmit(offer));
    }

    @Override
    public List<PublishOutcome> outcome(WindowOffer offer, Word transaction) {
        return onlyFinal(offer, room.outcome(offer, transaction));
    }

    @Override
    public List<PublishOutcome> publish(WindowOffer offer) {
        return onlyFinal(offer, room.publish(offer));
    }

    private Submission onlyFinal(WindowOffer offer, Submission submission) {
        return submission instanceof Submission.Settled settled
                ? new Submission.Settled(onlyFinal(offer, settled.outcomes()))
                : submission;
    }

    private List<PublishOutcome> onlyFinal(WindowOffer offer, List<PublishOutcome> outcomes) {
        Offered offered = new Offered(offer.start(), offer.end(), offer.signedReleases());
        for (PublishOutcome outcome : outcomes) {
            if (outcome instanceof PublishOutcome.Retry retry) {
                if (retry.cause() != RetryCause.ENDPOINT_AWAY) {
                    sightings.remove(offered);
                }
                return outcomes;
            }
            if (outcome instanceof PublishOutcome.Refused) {
                // It depends on the immutable configuration and the offer, not on what is recorded.
                sightings.remove(offered);
                return outcomes;
            }
        }
        try {
            return settled(offered, outcomes);
        } catch (IOException e) {
            return retry(offered, RetryCause.ENDPOINT_AWAY, String.valueOf(e.getMessage()));
        }
    }

    private List<PublishOutcome> settled(Offered offered, List<PublishOutcome> outcomes)
            throws IOException {
        Sighting first = sightings.get(offered);
        if (first == null || !first.isLike(outcomes)) {
            first = new Sighting(outcomes, room.headBlock());
            sightings.put(offered, first);
        }
        long finalBlock = room.finalBlock();
        if (finalBlock >= first.block()) {
            sightings.remove(offered);
            return first.outcomes();
        }
        // Not NOT_MINED: the sender would ask for its block, and after a while outbid it.
        return retry(
                offered,
                RetryCause.NOT_SENT,
                String.format(
                        "recorded, but block %d is not final yet (%d is)",
                        first.block(), finalBlock));
    }

    private static List<PublishOutcome> retry(Offered offered, RetryCause cause, String detail) {
        return Collections.nCopies(
                offered.releases().size(), new PublishOutcome.Retry(cause, detail));
    }

    private static List<Kind> kinds(List<PublishOutcome> outcomes) {
        return outcomes.stream().map(FinalityRoom::kind).toList();
    }

    private static Kind kind(PublishOutcome outcome) {
        if (outcome instanceof PublishOutcome.Conflict) {
            return Kind.CONFLICT;
        }
        return outcome instanceof PublishOutcome.Withheld ? Kind.WITHHELD : Kind.STANDS;
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
    public boolean active() throws IOException {
        return room.active();
    }

    @Override
    public Optional<Word> keysCommitment(int partnerIndex) throws IOException {
        return room.keysCommitment(partnerIndex);
    }

    @Override
    public boolean revealed(int partnerIndex) throws IOException {
        return room.revealed(partnerIndex);
    }

    @Override
    public long closesAt() throws IOException {
        return room.closesAt();
    }

    @Override
    public boolean charged(Word query, long epoch) throws IOException {
        return room.charged(query, epoch);
    }

    @Override
    public ActionOutcome approve(int partnerIndex, Word keys, Signature signature) {
        return room.approve(partnerIndex, keys, signature);
    }

    @Override
    public ActionOutcome reveal(int partnerIndex, List<EpochKey> keys, List<KeyProof> proofs) {
        return room.reveal(partnerIndex, keys, proofs);
    }

    @Override
    public ActionOutcome leaveFrom(int partnerIndex, long epoch, Signature signature) {
        return room.leaveFrom(partnerIndex, epoch, signature);
    }

    @Override
    public ActionOutcome proveTotalsEquivocation(
            int partnerIndex, long start, long end, TotalsOffer first, TotalsOffer second) {
        return room.proveTotalsEquivocation(partnerIndex, start, end, first, second);
    }

    @Override
    public ActionOutcome proveReleaseEquivocation(
            long start, long end, ReleaseEvidence first, ReleaseEvidence second) {
        return room.proveReleaseEquivocation(start, end, first, second);
    }

    @Override
    public Optional<Word> releaseHash(Word query, long start) throws IOException {
        return room.releaseHash(query, start);
    }

    @Override
    public Optional<Word> totalsHash(long start, long end) throws IOException {
        return room.totalsHash(start, end);
    }

    @Override
    public boolean verifyRow(ReleasedRow row, ReleaseOffer release, Word totals, List<Word> proof)
            throws IOException {
        return room.verifyRow(row, release, totals, proof);
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
