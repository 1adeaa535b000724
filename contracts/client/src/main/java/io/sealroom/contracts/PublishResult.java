package io.sealroom.contracts;

import java.util.List;

/**
 * An offer that a {@link PublishClient} is done with.
 *
 * @param outcomes final ones, one per release of the offer; a refusal holds for all of them
 */
public record PublishResult(WindowOffer offer, List<PublishOutcome> outcomes) {

    public PublishResult {
        outcomes = List.copyOf(outcomes);
    }
}
