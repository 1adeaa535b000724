package io.sealroom.contracts;

import java.io.IOException;
import java.util.Optional;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** One call on its way to a contract: simulated, sent, waited for. */
final class Action {

    private static final long PAUSE_MILLIS = 50;

    private final ContractSession session;
    private final String data;
    private final ContractSession.Question<Boolean> recorded;

    /**
     * Nothing is sent yet.
     *
     * @param recorded whether a repeat would change nothing
     */
    Action(ContractSession session, String data, ContractSession.Question<Boolean> recorded) {
        this.session = session;
        this.data = data;
        this.recorded = recorded;
    }

    ActionOutcome bring() {
        try {
            // First, so that a bad signature is refused even where an approval stands.
            Optional<ActionOutcome> refusal = simulate();
            if (refusal.isPresent()) {
                return refusal.get();
            }
            if (session.ask(recorded)) {
                return new ActionOutcome.AlreadyRecorded();
            }
            TransactionSender.Result result = session.transact(data, ContractSession.Way.ONCE, 0);
            return result instanceof TransactionSender.Result.Sent sent
                    ? await(sent.transaction())
                    : retry((TransactionSender.Result.NotSent) result);
        } catch (IOException e) {
            return new ActionOutcome.Retry(
                    RetryCause.ENDPOINT_AWAY, String.valueOf(e.getMessage()));
        }
    }

    private Optional<ActionOutcome> simulate() throws IOException {
        ChainEndpoint.CallResult simulated = session.call(data);
        return simulated instanceof ChainEndpoint.CallResult.Reverted reverted
                ? Optional.of(new ActionOutcome.Refused(session.decode(reverted)))
                : Optional.empty();
    }

    private ActionOutcome await(Word transaction) throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < session.timeout().toNanos()) {
            Optional<TransactionReceipt> receipt = session.receipt(transaction);
            if (receipt.isPresent()) {
                return receipt.get().isStatusOK()
                        ? new ActionOutcome.Recorded(transaction)
                        : reverted();
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return new ActionOutcome.Retry(RetryCause.NOT_MINED, "not in a block yet");
    }

    /** Something was there first; if that is no reason any more, the same can be brought again. */
    private ActionOutcome reverted() throws IOException {
        return simulate().orElseGet(() -> new ActionOutcome.Retry(RetryCause.NOT_SENT, "reverted"));
    }

    private static ActionOutcome retry(TransactionSender.Result.NotSent notSent) {
        return new ActionOutcome.Retry(notSent.cause(), notSent.message());
    }
}
