package io.sealroom.partner.exchange;

import io.sealroom.schemas.policy.Mode;
import io.sealroom.schemas.policy.Policy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Which epochs are evaluated now. */
public final class EpochRule {

    /** How far another partner's clock may be from this one's before that is a fault. */
    private static final long CLOCKS_APART_MILLIS = Duration.ofMinutes(2).toMillis();

    private final Policy policy;
    private final Clock clock;

    public EpochRule(Policy policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * File mode: every epoch of the room. Live: from now-1-K to now+1, by the evaluator's clock.
     */
    public boolean allows(long epoch) {
        return inRoom(epoch)
                && (policy.mode() == Mode.FILE || inReach(epoch, clock.millis(), clock.millis()));
    }

    /**
     * Whether another partner's refusal of the epoch may pass by itself: the epoch is allowed here,
     * or will be in two minutes. Never in file mode, where no clock decides.
     */
    boolean mayBeAllowed(long epoch) {
        long now = clock.millis();
        return inRoom(epoch)
                && policy.mode() == Mode.LIVE
                && inReach(epoch, now, now + CLOCKS_APART_MILLIS);
    }

    /** When the quotas of this wall-clock epoch end. */
    Instant nextEpochBegins() {
        return Instant.ofEpochMilli((policy.epochOf(clock.millis()) + 1) * policy.epochMillis());
    }

    private boolean inRoom(long epoch) {
        return epoch >= policy.firstEpoch() && epoch <= policy.lastEpoch();
    }

    private boolean inReach(long epoch, long fromMillis, long toMillis) {
        return epoch >= policy.epochOf(fromMillis) - 1 - policy.lookbackEpochs()
                && epoch <= policy.epochOf(toMillis) + 1;
    }
}
