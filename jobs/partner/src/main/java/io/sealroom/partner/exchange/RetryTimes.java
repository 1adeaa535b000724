package io.sealroom.partner.exchange;

import java.time.Duration;

/**
 * When an unanswered request is sent again: after {@code first}, then after twice as long each
 * time, up to {@code longest}. Without end: a partner may be away for days.
 */
public record RetryTimes(Duration first, Duration longest) {

    public static final RetryTimes DEFAULT =
            new RetryTimes(Duration.ofSeconds(10), Duration.ofMinutes(2));

    /**
     * @param attempt how often it was sent, from 1
     */
    Duration after(int attempt) {
        Duration pause = first.multipliedBy(1L << Math.min(attempt - 1, 16));
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
