package io.sealroom.contracts;

/**
 * An offer that a {@link PublishClient} is done with.
 *
 * @param outcome a final one
 */
public record PublishResult(ReleaseOffer offer, PublishOutcome outcome) {}
