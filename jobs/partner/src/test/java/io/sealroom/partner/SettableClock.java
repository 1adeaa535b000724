package io.sealroom.partner;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** Stands still until it is set. */
final class SettableClock extends Clock {

    private final AtomicLong millis;

    SettableClock(long millis) {
        this.millis = new AtomicLong(millis);
    }

    void set(long newMillis) {
        millis.set(newMillis);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis.get());
    }
}
