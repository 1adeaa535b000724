package io.sealroom.partner.exchange;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets a reason through once a minute: whoever can write to a topic could otherwise fill the log.
 * As many entries as there are reasons. Safe for use by several threads.
 */
final class OncePerMinute {

    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoTime;
    private final Map<Enum<?>, Long> last = new HashMap<>();

    OncePerMinute(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized boolean permits(Enum<?> reason) {
        long now = nanoTime.getAsLong();
        Long before = last.get(reason);
        if (before != null && now - before < MINUTE_NANOS) {
            return false;
        }
        last.put(reason, now);
        return true;
    }
}
