package io.sealroom.contracts;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** One offer on its way to the contract. */
final class Publication {

    /**
     * A publish that is simulated now may find totals, releases and charges gone when it is mined,
     * for the window and for each release.
     */
    private static final long GAS_HEADROOM = 100_000;

    private static final ReleaseResult[] RESULTS = ReleaseResult.values();

    private final RoomSession session;
    private final WindowOffer offer;
    private final Outcomes outcomes;

    Publication(RoomSession session, WindowOffer offer) {
        this.session = session;
        this.offer = offer;
        this.outcomes = new Outcomes(new SessionRecords(session), offer);
    }

    Submission submit(boolean replace) {
        try {
            String data = session.reads().publish(offer);
            Optional<List<PublishOutcome>> known = simulate(data);
            if (known.isPresent()) {
                return new Submission.Settled(known.get());
            }
            long headroom = GAS_HEADROOM * (1 + offer.releases().size());
            ContractSession.Way way =
                    replace ? ContractSession.Way.REPLACE : ContractSession.Way.NEXT;
            TransactionSender.Result result = session.transact(data, way, headroom);
            return result instanceof TransactionSender.Result.Sent sent
                    ? new Submission.Sent(sent.transaction())
                    : new Submission.Settled(retry((TransactionSender.Result.NotSent) result));
        } catch (IOException e) {
            return new Submission.Settled(away(e));
        }
    }

    List<PublishOutcome> outcome(Word transaction) {
        try {
            Optional<TransactionReceipt> receipt = session.receipt(transaction);
            if (receipt.isEmpty()) {
                return withoutReceipt(transaction);
            }
            if (!receipt.get().isStatusOK()) {
                return simulate(session.reads().publish(offer))
                        .orElseGet(() -> outcomes.retry(RetryCause.NOT_SENT, "reverted"));
            }
            return outcomes.ofLogs(RoomSession.decode(receipt.get().getLogs()));
        } catch (IOException e) {
            return away(e);
        }
    }

    /** The outcomes, where the newest block already decides them and nothing is left to record. */
    private Optional<List<PublishOutcome>> simulate(String data) throws IOException {
        ChainEndpoint.CallResult result = session.call(data);
        if (result instanceof ChainEndpoint.CallResult.Reverted reverted) {
            return Optional.of(outcomes.ofRevert(session.decode(reverted)));
        }
        String returned = ((ChainEndpoint.CallResult.Returned) result).data();
        List<ReleaseResult> results = ChainEndpoint.read("eth_call", () -> results(returned));
        if (results.size() != offer.releases().size()) {
            throw new IOException(
                    String.format(
                            "the chain endpoint gives %d outcomes for %d releases",
                            results.size(), offer.releases().size()));
        }
        return outcomes.ofSimulation(results);
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // the library's own signatures
    private static List<ReleaseResult> results(String data) {
        TypeReference<?> type = new TypeReference<DynamicArray<Uint8>>() {};
        List<ReleaseResult> results = new ArrayList<>();
        for (Type list : FunctionReturnDecoder.decode(data, List.of((TypeReference<Type>) type))) {
            for (Uint8 number : ((DynamicArray<Uint8>) list).getValue()) {
                results.add(result(number.getValue()));
            }
        }
        return results;
    }

    private static ReleaseResult result(BigInteger number) {
        return RESULTS[number.intValueExact()];
    }

    /**
     * Gone, and all stands: replaced, or dropped after another's was first. While it is known it is
     * waited for: an endpoint may show what a block did a moment before the block's receipts.
     */
    private List<PublishOutcome> withoutReceipt(Word transaction) throws IOException {
        Optional<List<PublishOutcome>> standing = outcomes.standing();
        return standing.isPresent() && !session.knows(transaction)
                ? standing.get()
                : outcomes.retry(RetryCause.NOT_MINED, "not in a block yet");
    }

    private List<PublishOutcome> retry(TransactionSender.Result.NotSent notSent) {
        return outcomes.retry(notSent.cause(), notSent.message());
    }

    private List<PublishOutcome> away(IOException e) {
        return outcomes.retry(RetryCause.ENDPOINT_AWAY, String.valueOf(e.getMessage()));
    }
}
