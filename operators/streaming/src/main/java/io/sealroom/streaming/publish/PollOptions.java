package io.sealroom.streaming.publish;

import java.io.Serializable;
import java.time.Duration;

/**
 * How {@link ReceiptSource} asks the chain endpoint.
 *
 * @param pollMillis pause when there is no new final block
 * @param firstRetryMillis pause after a first failure; doubles from failure to failure
 * @param maxRetryMillis longest pause after a failure
 * @param blocksMax blocks asked for at once; endpoints limit it
 */
public record PollOptions(
        long pollMillis, long firstRetryMillis, long maxRetryMillis, int blocksMax)
        implements Serializable {

    public PollOptions {
        require(pollMillis >= 1, "pollMillis", "at least 1", pollMillis);
        require(firstRetryMillis >= 1, "firstRetryMillis", "at least 1", firstRetryMillis);
        require(
                maxRetryMillis >= firstRetryMillis,
                "maxRetryMillis",
                "at least firstRetryMillis",
                maxRetryMillis);
        require(blocksMax >= 1, "blocksMax", "at least 1", blocksMax);
    }

    /** 1 s between polls, 1 s to 1 min after failures, 2,000 blocks at once. */
    public static PollOptions defaults() {
        return new PollOptions(
                Duration.ofSeconds(1).toMillis(),
                Duration.ofSeconds(1).toMillis(),
                Duration.ofMinutes(1).toMillis(),
                2_000);
    }

    private static void require(boolean holds, String parameter, String rule, long given) {
        if (!holds) {
            throw new IllegalArgumentException(
                    String.format("%s must be %s, got %d", parameter, rule, given));
        }
    }
}
