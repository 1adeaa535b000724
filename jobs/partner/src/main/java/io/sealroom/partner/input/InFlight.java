package io.sealroom.partner.input;

import java.time.Duration;

/** Counts what is begun and not yet ended. Safe for use by several threads. */
final class InFlight {

    private long count;

    synchronized void begin() {
        count++;
    }

    synchronized void end() {
        count--;
        if (count == 0) {
            notifyAll();
        }
    }

    synchronized long count() {
        return count;
    }

    /** Whether it came down to none within the time. */
    synchronized boolean awaitNone(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (count > 0) {
            long leftMillis = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (leftMillis <= 0) {
                return false;
            }
            wait(leftMillis);
        }
        return true;
    }
}
