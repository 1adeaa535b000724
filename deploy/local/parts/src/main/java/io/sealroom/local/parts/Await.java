package io.sealroom.local.parts;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a condition with a deadline: what tests do instead of sleeping. */
public final class Await {

    private static final long FIRST_PAUSE_MILLIS = 5;
    private static final long LONGEST_PAUSE_MILLIS = 100;

    private Await() {}

    /**
     * Returns as soon as the condition holds; it is asked at once and then after growing pauses, 5
     * to 100 ms.
     *
     * @param what names the condition in the message, as in "waited 10 s in vain for WHAT"
     * @throws IllegalStateException if the condition does not hold within the deadline, or the
     *     thread is interrupted (its interrupt flag is then set again); what the condition itself
     *     throws passes through
     */
    public static void until(String what, Duration deadline, BooleanSupplier condition) {
        long start = System.nanoTime();
        long pauseMillis = FIRST_PAUSE_MILLIS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start >= deadline.toNanos()) {
                throw new IllegalStateException(
                        String.format(
                                "waited %.1f s in vain for %s",
                                deadline.toMillis() / 1000.0, what));
            }
            pause(what, pauseMillis);
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        }
    }

    private static void pause(String what, long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + what, e);
        }
    }
}
