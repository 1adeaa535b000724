package io.sealroom.streaming.publish;

import io.sealroom.contracts.PublishOptions;
import java.io.Serializable;
import java.time.Duration;

/**
 * How {@link ContractSink} offers releases; {@link PublishOptions} as they travel in a job graph.
 *
 * @param firstBackoffMillis pause after a first failed attempt, or before asking again whether a
 *     recorded release is final; doubles
 * @param longestBackoffMillis where doubling ends
 * @param pollMillis pause between two questions for a transaction's block
 * @param stuckAfterMillis age at which a transaction that is in no block is outbid
 * @param inFlightMax transactions under way at most
 */
public record OfferPace(
        long firstBackoffMillis,
        long longestBackoffMillis,
        long pollMillis,
        long stuckAfterMillis,
        int inFlightMax)
        implements Serializable {

    /** Those of {@link PublishOptions#defaults}. */
    public static OfferPace defaults() {
        PublishOptions options = PublishOptions.defaults();
        return new OfferPace(
                options.firstBackoff().toMillis(),
                options.longestBackoff().toMillis(),
                options.pollInterval().toMillis(),
                options.stuckAfter().toMillis(),
                options.inFlightMax());
    }

    /**
     * @throws IllegalArgumentException if one is out of range
     */
    PublishOptions options() {
        return new PublishOptions(
                Duration.ofMillis(firstBackoffMillis),
                Duration.ofMillis(longestBackoffMillis),
                Duration.ofMillis(pollMillis),
                Duration.ofMillis(stuckAfterMillis),
                inFlightMax);
    }
}
