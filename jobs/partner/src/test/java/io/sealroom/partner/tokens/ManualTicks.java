package io.sealroom.partner.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Ticks when told to. */
final class ManualTicks implements Ticks {

    private final Semaphore idle = new Semaphore(0);
    private final Semaphore due = new Semaphore(0);
    private final AtomicLong skipped = new AtomicLong();

    @Override
    public long next() throws InterruptedException {
        idle.release();
        due.acquire();
        return skipped.getAndSet(0);
    }

    /** Begins a tick as soon as the last is done. */
    void begin() {
        take(idle);
        due.release();
    }

    /** Returns when the tick under way is done. */
    void awaitDone() {
        take(idle);
        idle.release();
    }

    /** A whole tick. */
    void tick() {
        begin();
        awaitDone();
    }

    /** What the next tick tells. */
    void skip(long ticks) {
        skipped.set(ticks);
    }

    private static void take(Semaphore semaphore) {
        try {
            assertThat(semaphore.tryAcquire(10, TimeUnit.SECONDS)).as("in time").isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
