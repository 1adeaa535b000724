package io.sealroom.contracts;

import java.util.List;
import java.util.Optional;

/** From what the contract did to what became of an offer; the same for the chain and the fake. */
final class Outcomes {

    private Outcomes() {}

    /**
     * A refusal is final, except that partners may still approve: a window offered early must not
     * be lost over it.
     */
    static PublishOutcome ofRevert(ContractError error) {
        return error.name().equals("NotApproved")
                ? new PublishOutcome.Retry(RetryCause.NOT_APPROVED, error.toString())
                : new PublishOutcome.Refused(error);
    }

    /** What the events of its transaction say; nothing if it found the same hash there. */
    static Optional<PublishOutcome> ofLogs(List<RoomEvent> logs) {
        for (RoomEvent event : logs) {
            if (event instanceof RoomEvent.Published published) {
                RoomEvent.Position at = published.at();
                return Optional.of(
                        new PublishOutcome.Accepted(
                                at.transaction(), at.blockNumber(), at.blockHash()));
            }
            if (event instanceof RoomEvent.Conflict conflict) {
                return Optional.of(new PublishOutcome.Conflict(conflict.stored()));
            }
        }
        return Optional.empty();
    }

    /** What stands, seen from an offer that changed nothing. */
    static PublishOutcome standing(ReleaseOffer offer, Optional<Word> stored) {
        return stored.equals(Optional.of(offer.releaseHash()))
                ? new PublishOutcome.AlreadyThere(offer.releaseHash())
                : new PublishOutcome.Conflict(stored);
    }

    /** Whether this very offer is among the recorded conflicts. */
    static boolean onRecord(List<RoomEvent> events, ReleaseOffer offer) {
        return events.stream()
                .anyMatch(
                        event ->
                                event instanceof RoomEvent.Conflict conflict
                                        && conflict.query().equals(offer.query())
                                        && conflict.start() == offer.start()
                                        && conflict.offered().equals(offer.releaseHash()));
    }
}
