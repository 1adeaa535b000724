package io.sealroom.contracts;

import java.util.Optional;

/**
 * What a {@link PublishClient} is at, for metrics and alarms.
 *
 * @param waiting offers that are not under way
 * @param inFlight offers whose transaction is in no block yet
 * @param retries attempts that failed so far and were or will be repeated
 * @param lastRetry why the latest of them failed
 */
public record PublishStatus(
        int waiting, int inFlight, long retries, Optional<PublishOutcome.Retry> lastRetry) {}
