package io.sealroom.contracts;

import io.sealroom.contracts.wrappers.Room;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/** One offer on its way to the contract. */
final class Publication {

    /** What endpoints allow in one search. */
    private static final long CONFLICT_SEARCH_BLOCKS = 5_000;

    // IRoom.Outcome.
    private static final BigInteger ALREADY_PUBLISHED = BigInteger.ONE;
    private static final BigInteger CONFLICT = BigInteger.TWO;

    private final RoomSession session;
    private final ReleaseOffer offer;

    Publication(RoomSession session, ReleaseOffer offer) {
        this.session = session;
        this.offer = offer;
    }

    Submission submit(boolean replace) {
        try {
            String data = session.reads().publish(offer);
            Optional<PublishOutcome> known = simulate(data);
            if (known.isPresent()) {
                return new Submission.Settled(known.get());
            }
            TransactionSender.Result result = session.transact(data, replace);
            return result instanceof TransactionSender.Result.Sent sent
                    ? new Submission.Sent(sent.transaction())
                    : new Submission.Settled(retry((TransactionSender.Result.NotSent) result));
        } catch (IOException e) {
            return new Submission.Settled(away(e));
        }
    }

    PublishOutcome outcome(Word transaction) {
        try {
            Optional<TransactionReceipt> receipt = session.receipt(transaction);
            if (receipt.isEmpty()) {
                return withoutReceipt(transaction);
            }
            if (!receipt.get().isStatusOK()) {
                return simulate(session.reads().publish(offer))
                        .orElseGet(() -> new PublishOutcome.Retry(RetryCause.NOT_SENT, "reverted"));
            }
            Optional<PublishOutcome> outcome =
                    Outcomes.ofLogs(RoomSession.decode(receipt.get().getLogs()));
            return outcome.isPresent() ? outcome.get() : Outcomes.standing(offer, stored());
        } catch (IOException e) {
            return away(e);
        }
    }

    /** The outcome, where the newest block already decides it and nothing is left to record. */
    private Optional<PublishOutcome> simulate(String data) throws IOException {
        ChainEndpoint.CallResult result = session.call(data);
        if (result instanceof ChainEndpoint.CallResult.Reverted reverted) {
            return Optional.of(Outcomes.ofRevert(session.decode(reverted)));
        }
        BigInteger outcome = Numeric.toBigInt(((ChainEndpoint.CallResult.Returned) result).data());
        return outcome.equals(ALREADY_PUBLISHED) || (outcome.equals(CONFLICT) && isOnRecord())
                ? Optional.of(Outcomes.standing(offer, stored()))
                : Optional.empty();
    }

    /** Not found is no harm: a conflict that is recorded twice is recorded. */
    private boolean isOnRecord() throws IOException {
        List<String> topics =
                List.of(
                        EventDecoder.topic(Room.CONFLICT_EVENT),
                        EventDecoder.topic(offer.query()),
                        EventDecoder.topic(offer.start()));
        long head = session.headBlock();
        long from = Math.max(0, head - CONFLICT_SEARCH_BLOCKS);
        return Outcomes.onRecord(session.events(from, head, topics), offer);
    }

    /**
     * Gone, and the hash is there: replaced, or dropped after another's was first. While it is
     * known it is waited for: an endpoint may show what a block did a moment before the block's
     * receipts.
     */
    private PublishOutcome withoutReceipt(Word transaction) throws IOException {
        boolean recorded = stored().equals(Optional.of(offer.releaseHash()));
        return recorded && !session.knows(transaction)
                ? new PublishOutcome.AlreadyThere(offer.releaseHash())
                : new PublishOutcome.Retry(RetryCause.NOT_MINED, "not in a block yet");
    }

    private Optional<Word> stored() throws IOException {
        return session.ask(() -> session.reads().releaseHash(offer.query(), offer.start()));
    }

    private static PublishOutcome retry(TransactionSender.Result.NotSent notSent) {
        return new PublishOutcome.Retry(notSent.cause(), notSent.message());
    }

    private static PublishOutcome away(IOException e) {
        return new PublishOutcome.Retry(RetryCause.ENDPOINT_AWAY, String.valueOf(e.getMessage()));
    }
}
