package io.sealroom.contracts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** From what the contract did to what became of an offer; the same for the chain and the fake. */
final class Outcomes {

    private final RoomRecords room;
    private final WindowOffer offer;

    Outcomes(RoomRecords room, WindowOffer offer) {
        this.room = room;
        this.offer = offer;
    }

    // What holds for all releases of an offer.

    private List<PublishOutcome> all(PublishOutcome outcome) {
        return Collections.nCopies(Math.max(1, offer.releases().size()), outcome);
    }

    List<PublishOutcome> retry(RetryCause cause, String detail) {
        return all(new PublishOutcome.Retry(cause, detail));
    }

    /**
     * A refusal is final, except that partners may still approve and reveal: a window offered early
     * must not be lost over it.
     */
    List<PublishOutcome> ofRevert(ContractError error) {
        return error.name().equals("NotActive")
                ? retry(RetryCause.NOT_ACTIVE, error.toString())
                : all(new PublishOutcome.Refused(error));
    }

    // What is told release by release.

    /** What a simulation means, unless it would record something that is not on record. */
    Optional<List<PublishOutcome>> ofSimulation(List<ReleaseResult> results) throws IOException {
        if (results.contains(ReleaseResult.PUBLISHED) || !totalsAreOnRecord()) {
            return Optional.empty();
        }
        List<PublishOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            Optional<PublishOutcome> outcome = onRecord(offer.releases().get(i), results.get(i));
            if (outcome.isEmpty()) {
                return Optional.empty();
            }
            outcomes.add(outcome.get());
        }
        return Optional.of(outcomes);
    }

    /** Not found is no harm: a conflict that is recorded twice is recorded. */
    private Optional<PublishOutcome> onRecord(ReleaseOffer release, ReleaseResult result)
            throws IOException {
        Optional<Word> stored = stored(release);
        return switch (result) {
            case PUBLISHED -> Optional.empty();
            case ALREADY_PUBLISHED ->
                    Optional.of(new PublishOutcome.AlreadyThere(release.releaseHash()));
            case CONFLICT ->
                    room.conflicts(release.query(), offer.start()).stream()
                                    .anyMatch(event -> isOf(event, release))
                            ? Optional.of(new PublishOutcome.Conflict(stored))
                            : Optional.empty();
            case WITHHELD ->
                    stored.equals(Optional.of(RoomContract.WITHHELD))
                            ? Optional.of(withheld(release))
                            : Optional.empty();
        };
    }

    private boolean totalsAreOnRecord() throws IOException {
        Optional<Word> stored = room.totalsHash(offer.start(), offer.end());
        return stored.equals(Optional.of(offer.totalsHash()))
                || room.totalsConflicts(offer.start(), offer.end()).stream()
                        .anyMatch(
                                event ->
                                        event instanceof RoomEvent.TotalsConflict conflict
                                                && conflict.start() == offer.start()
                                                && conflict.end() == offer.end()
                                                && conflict.offered().equals(offer.commitments()));
    }

    /** What its transaction did; of a release without an event, what was there before it. */
    List<PublishOutcome> ofLogs(List<RoomEvent> logs) throws IOException {
        List<PublishOutcome> outcomes = new ArrayList<>();
        for (ReleaseOffer release : offer.releases()) {
            Optional<RoomEvent> own = logs.stream().filter(e -> isOf(e, release)).findFirst();
            Optional<PublishOutcome> outcome =
                    own.isPresent() ? Optional.of(ofEvent(own.get())) : standing(release);
            if (outcome.isEmpty()) {
                return retry(RetryCause.NOT_MINED, "no longer in a block");
            }
            outcomes.add(outcome.get());
        }
        return outcomes;
    }

    /** Whether an event tells what became of this very release. */
    private boolean isOf(RoomEvent event, ReleaseOffer release) {
        if (event instanceof RoomEvent.Published published) {
            return isOf(release, published.query(), published.start(), published.releaseHash());
        }
        if (event instanceof RoomEvent.Conflict conflict) {
            return isOf(release, conflict.query(), conflict.start(), conflict.offered());
        }
        return event instanceof RoomEvent.Withheld withheld
                && isOf(release, withheld.query(), withheld.start(), withheld.offered());
    }

    private boolean isOf(ReleaseOffer release, Word query, long start, Word offered) {
        return query.equals(release.query())
                && start == offer.start()
                && offered.equals(release.releaseHash());
    }

    private static PublishOutcome ofEvent(RoomEvent event) {
        if (event instanceof RoomEvent.Published published) {
            ChainEvent.Position at = published.at();
            return new PublishOutcome.Accepted(at.transaction(), at.blockNumber(), at.blockHash());
        }
        return event instanceof RoomEvent.Withheld withheld
                ? new PublishOutcome.Withheld(withheld.dataset())
                : new PublishOutcome.Conflict(((RoomEvent.Conflict) event).stored());
    }

    /**
     * What stands for every release, if nothing is left to record: it stands itself or is withheld.
     */
    Optional<List<PublishOutcome>> standing() throws IOException {
        List<PublishOutcome> outcomes = new ArrayList<>();
        for (ReleaseOffer release : offer.releases()) {
            Optional<PublishOutcome> outcome = standing(release);
            if (outcome.isEmpty() || outcome.get() instanceof PublishOutcome.Conflict) {
                return Optional.empty();
            }
            outcomes.add(outcome.get());
        }
        return Optional.of(outcomes);
    }

    private Optional<PublishOutcome> standing(ReleaseOffer release) throws IOException {
        Optional<Word> stored = stored(release);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        if (stored.get().equals(RoomContract.WITHHELD)) {
            return Optional.of(withheld(release));
        }
        return Optional.of(
                stored.get().equals(release.releaseHash())
                        ? new PublishOutcome.AlreadyThere(release.releaseHash())
                        : new PublishOutcome.Conflict(stored));
    }

    private PublishOutcome withheld(ReleaseOffer release) throws IOException {
        for (RoomEvent event : room.withheld(release.query(), offer.start())) {
            if (event instanceof RoomEvent.Withheld withheld
                    && withheld.query().equals(release.query())
                    && withheld.start() == offer.start()) {
                return new PublishOutcome.Withheld(withheld.dataset());
            }
        }
        return new PublishOutcome.Withheld(Word.ZERO);
    }

    private Optional<Word> stored(ReleaseOffer release) throws IOException {
        return room.releaseHash(release.query(), offer.start());
    }
}
