package io.sealroom.contracts;

import java.time.Duration;

/** Submit, then ask until it is known: for callers that may wait. */
final class BlockingPublish {

    private static final long PAUSE_MILLIS = 50;

    private BlockingPublish() {}

    static PublishOutcome run(RoomContract room, ReleaseOffer offer, Duration deadline) {
        Submission submission = room.submit(offer);
        if (submission instanceof Submission.Settled settled) {
            return settled.outcome();
        }
        Word transaction = ((Submission.Sent) submission).transaction();
        long start = System.nanoTime();
        PublishOutcome outcome = room.outcome(offer, transaction);
        while (outcome instanceof PublishOutcome.Retry
                && System.nanoTime() - start < deadline.toNanos()) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return outcome;
            }
            outcome = room.outcome(offer, transaction);
        }
        return outcome;
    }
}
