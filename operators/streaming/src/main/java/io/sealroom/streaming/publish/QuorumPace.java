package io.sealroom.streaming.publish;

import java.io.Serializable;
import java.time.Duration;

/**
 * When a node does what {@link QuorumFunction} has to do; never what it does.
 *
 * @param singlesAfterMillis age of a window's first own release at which the node signs query by
 *     query, because some are missing or disputed
 * @param staggerMillis how much later than the node before it a node offers a window. Longer than
 *     the chain takes for a block: or two nodes send the same, and the second pays for nothing
 */
public record QuorumPace(long singlesAfterMillis, long staggerMillis) implements Serializable {

    /**
     * @throws IllegalArgumentException if one is out of range
     */
    public QuorumPace {
        require(singlesAfterMillis >= 1, "singlesAfterMillis", 1, singlesAfterMillis);
        require(staggerMillis >= 0, "staggerMillis", 0, staggerMillis);
    }

    /** 30 s, and 15 s: longer than the 12 s of a block of Ethereum. */
    public static QuorumPace defaults() {
        return new QuorumPace(Duration.ofSeconds(30).toMillis(), Duration.ofSeconds(15).toMillis());
    }

    private static void require(boolean holds, String parameter, long least, long given) {
        if (!holds) {
            throw new IllegalArgumentException(
                    String.format("%s must be at least %d, got %d", parameter, least, given));
        }
    }
}
