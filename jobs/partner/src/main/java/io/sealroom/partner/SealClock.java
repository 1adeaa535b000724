package io.sealroom.partner;

import io.sealroom.schemas.policy.Mode;
import io.sealroom.schemas.policy.Policy;
import java.time.Clock;

/** Waits for the wall clock in live mode; in file mode everything is due at once. */
final class SealClock {

    private static final long NAP_MILLIS = 100;

    private final Policy policy;
    private final Clock clock;

    SealClock(Policy policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /** Returns when slices up to {@code to} may be sealed: grace after its end. */
    void awaitSealTime(long to) throws InterruptedException {
        await(to + policy.graceMillis());
    }

    /** Returns when the partners evaluate for the epoch: one epoch before it begins. */
    void awaitTokens(long epoch) throws InterruptedException {
        await((epoch - 1) * policy.epochMillis());
    }

    private void await(long time) throws InterruptedException {
        // Naps, since the clock may be set while we wait.
        while (policy.mode() == Mode.LIVE && clock.millis() < time) {
            Thread.sleep(NAP_MILLIS);
        }
    }
}
