package io.sealroom.contracts;

import java.time.Duration;

/**
 * How a {@link PublishClient} paces itself.
 *
 * @param firstBackoff pause after the first failed attempt; doubles with each further one
 * @param longestBackoff where doubling ends
 * @param pollInterval pause between two questions for one transaction's block
 * @param stuckAfter age at which a transaction that is in no block is outbid
 * @param inFlightMax transactions under way at most; the rest waits
 */
public record PublishOptions(
        Duration firstBackoff,
        Duration longestBackoff,
        Duration pollInterval,
        Duration stuckAfter,
        int inFlightMax) {

    public PublishOptions {
        positive("firstBackoff", firstBackoff);
        positive("longestBackoff", longestBackoff);
        positive("pollInterval", pollInterval);
        positive("stuckAfter", stuckAfter);
        if (inFlightMax < 1) {
            throw new IllegalArgumentException(
                    "inFlightMax must be at least 1, given " + inFlightMax);
        }
    }

    /** 200 ms doubling to 30 s, a question a second, outbid after a minute, 32 under way. */
    public static PublishOptions defaults() {
        return new PublishOptions(
                Duration.ofMillis(200),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                32);
    }

    /** The pause after a number of failed attempts, at least one. */
    Duration backoff(int failures) {
        Duration pause = firstBackoff;
        for (int i = 1; i < failures && pause.compareTo(longestBackoff) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longestBackoff) < 0 ? pause : longestBackoff;
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, given " + value);
        }
    }
}
