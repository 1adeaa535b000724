package io.sealroom.partner;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How fast something with a known end goes, for a person to read: an average since the first
 * report, told at most once a second.
 */
final class Rate {

    private static final long PAUSE_MILLIS = 1000;
    private static final double MILLIS_PER_SECOND = 1000.0;

    private final Clock clock;
    private final String unit;
    private long firstMillis;
    private long firstDone;
    private long toldMillis;
    private boolean begun;

    /**
     * @param unit what is counted, such as {@code slices}
     */
    Rate(Clock clock, String unit) {
        this.clock = clock;
        this.unit = unit;
    }

    /**
     * What to tell at this report, as in {@code 12.5 slices/s, 00:01:20 left}; nothing at the
     * first, within a second of the last told, when nothing has moved, and at the end.
     */
    Optional<String> report(long done, long total) {
        long now = clock.millis();
        if (!begun || now < firstMillis || done < firstDone) {
            // A clock set back, or a count begun anew, would give a rate below zero.
            begun = true;
            firstMillis = now;
            firstDone = done;
            toldMillis = now;
            return Optional.empty();
        }
        if (now - toldMillis < PAUSE_MILLIS || done == firstDone || done >= total) {
            return Optional.empty();
        }
        toldMillis = now;
        double perSecond = (done - firstDone) * MILLIS_PER_SECOND / (now - firstMillis);
        Duration left = Duration.ofSeconds((long) Math.ceil((total - done) / perSecond));
        return Optional.of(
                String.format(
                        Locale.ROOT,
                        "%.1f %s/s, %02d:%02d:%02d left",
                        perSecond,
                        unit,
                        left.toHours(),
                        left.toMinutesPart(),
                        left.toSecondsPart()));
    }
}
