package io.sealroom.partner.exchange;

import io.sealroom.schemas.policy.Mode;
import io.sealroom.schemas.policy.Policy;
import java.time.Clock;

/** Which epochs are evaluated now. */
public final class EpochRule {

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
        if (epoch < policy.firstEpoch() || epoch > policy.lastEpoch()) {
            return false;
        }
        if (policy.mode() == Mode.FILE) {
            return true;
        }
        long now = policy.epochOf(clock.millis());
        return epoch >= now - 1 - policy.lookbackEpochs() && epoch <= now + 1;
    }
}
