package io.sealroom.partner.tokens;

import java.time.Clock;

/**
 * Ticks at the multiples of a period since 1970, so that they tell nothing of when an agent was
 * started, and a restart adds none.
 */
final class WallTicks implements Ticks {

    private static final long NAP_MILLIS_MAX = 100;

    private final Clock clock;
    private final long periodMillis;
    private long last;

    WallTicks(Clock clock, long periodMillis) {
        this.clock = clock;
        this.periodMillis = periodMillis;
        this.last = current();
    }

    @Override
    public long next() throws InterruptedException {
        // A clock that was set back begins anew where it stands.
        last = Math.min(last, current());
        long due = last + 1;
        for (long left = millisUntil(due); left > 0; left = millisUntil(due)) {
            // Naps, since the clock may be set while we wait.
            Thread.sleep(Math.min(left, NAP_MILLIS_MAX));
        }
        last = Math.max(due, current());
        return last - due;
    }

    private long current() {
        return Math.floorDiv(clock.millis(), periodMillis);
    }

    private long millisUntil(long tick) {
        return tick * periodMillis - clock.millis();
    }
}
