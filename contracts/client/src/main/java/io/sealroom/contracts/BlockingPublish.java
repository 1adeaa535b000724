package io.sealroom.contracts;

import java.time.Duration;
import java.util.List;

/** Submit, then ask until it is known: for callers that may wait. */
final class BlockingPublish {

    private static final long PAUSE_MILLIS = 50;

    private BlockingPublish() {}

    static List<PublishOutcome> run(RoomContract room, WindowOffer offer, Duration deadline) {
        Submission submission = room.submit(offer);
        if (submission instanceof Submission.Settled settled) {
            return settled.outcomes();
        }
        Word transaction = ((Submission.Sent) submission).transaction();
        long start = System.nanoTime();
        List<PublishOutcome> outcomes = room.outcome(offer, transaction);
        while (outcomes.stream().anyMatch(PublishOutcome.Retry.class::isInstance)
                && System.nanoTime() - start < deadline.toNanos()) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return outcomes;
            }
            outcomes = room.outcome(offer, transaction);
        }
        return outcomes;
    }
}
