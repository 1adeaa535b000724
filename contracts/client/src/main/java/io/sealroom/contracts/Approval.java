package io.sealroom.contracts;

import java.io.IOException;

/** One approval on its way to the contract. */
final class Approval {

    private static final long PAUSE_MILLIS = 50;

    private final RoomSession session;
    private final int partnerIndex;
    private final Signature signature;

    Approval(RoomSession session, int partnerIndex, Signature signature) {
        this.session = session;
        this.partnerIndex = partnerIndex;
        this.signature = signature;
    }

    ApproveOutcome bring() {
        try {
            String data = session.reads().approve(partnerIndex, signature);
            // First, so that a bad signature is refused even where an approval stands.
            ChainEndpoint.CallResult simulated = session.call(data);
            if (simulated instanceof ChainEndpoint.CallResult.Reverted reverted) {
                return new ApproveOutcome.Refused(session.decode(reverted));
            }
            if (hasApproved()) {
                return new ApproveOutcome.AlreadyApproved();
            }
            TransactionSender.Result result = session.transact(data, false);
            return result instanceof TransactionSender.Result.Sent sent
                    ? await(sent.transaction())
                    : retry((TransactionSender.Result.NotSent) result);
        } catch (IOException e) {
            return new ApproveOutcome.Retry(
                    RetryCause.ENDPOINT_AWAY, String.valueOf(e.getMessage()));
        }
    }

    private ApproveOutcome await(Word transaction) throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < session.timeout().toNanos()) {
            if (session.receipt(transaction).isPresent()) {
                return hasApproved()
                        ? new ApproveOutcome.Approved(transaction)
                        : new ApproveOutcome.Retry(RetryCause.NOT_SENT, "reverted");
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return new ApproveOutcome.Retry(RetryCause.NOT_MINED, "not in a block yet");
    }

    private static ApproveOutcome retry(TransactionSender.Result.NotSent notSent) {
        return new ApproveOutcome.Retry(notSent.cause(), notSent.message());
    }

    private boolean hasApproved() throws IOException {
        return session.ask(() -> session.reads().hasApproved(partnerIndex));
    }
}
