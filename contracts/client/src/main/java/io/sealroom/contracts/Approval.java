package io.sealroom.contracts;

import java.io.IOException;

/** One approval on its way to the contract. */
final class Approval {

    private static final long PAUSE_MILLIS = 50;

    private final Web3jRoom room;
    private final int partnerIndex;
    private final Signature signature;

    Approval(Web3jRoom room, int partnerIndex, Signature signature) {
        this.room = room;
        this.partnerIndex = partnerIndex;
        this.signature = signature;
    }

    ApproveOutcome bring() {
        try {
            String data = room.reads().approve(partnerIndex, signature);
            // First, so that a bad signature is refused even where an approval stands.
            ChainEndpoint.CallResult simulated = room.call(data);
            if (simulated instanceof ChainEndpoint.CallResult.Reverted reverted) {
                return new ApproveOutcome.Refused(room.decode(reverted));
            }
            if (room.hasApproved(partnerIndex)) {
                return new ApproveOutcome.AlreadyApproved();
            }
            TransactionSender.Result result = room.transact(data, false);
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
        while (System.nanoTime() - start < room.timeout().toNanos()) {
            if (room.receipt(transaction).isPresent()) {
                return room.hasApproved(partnerIndex)
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
}
