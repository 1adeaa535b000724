package io.sealroom.partner.kit;

import java.time.Duration;

/**
 * How a producer weighs delay, memory and load.
 *
 * @param bufferEvents most events that are accepted and not yet settled; {@code send} waits beyond
 * @param transactionRecords most records of one transaction
 * @param linger how long a first event waits for others to share its transaction
 * @param closeWait how long {@code close} waits for events whose tokens are not there yet
 */
public record ProducerOptions(
        int bufferEvents, int transactionRecords, Duration linger, Duration closeWait) {

    public static final ProducerOptions DEFAULT =
            new ProducerOptions(10_000, 1_000, Duration.ofMillis(20), Duration.ofSeconds(10));

    /**
     * @throws IllegalArgumentException if a number is not positive, or a duration negative
     */
    public ProducerOptions {
        require(bufferEvents > 0, "bufferEvents must be positive, got %d", bufferEvents);
        require(
                transactionRecords > 0,
                "transactionRecords must be positive, got %d",
                transactionRecords);
        require(!linger.isNegative(), "linger must not be negative, got %s", linger);
        require(!closeWait.isNegative(), "closeWait must not be negative, got %s", closeWait);
    }

    /** These, with another bound. */
    public ProducerOptions withBuffer(int events) {
        return new ProducerOptions(events, transactionRecords, linger, closeWait);
    }

    private static void require(boolean holds, String rule, Object given) {
        if (!holds) {
            throw new IllegalArgumentException(String.format(rule, given));
        }
    }
}
