package io.sealroom.partner.tokens;

import io.sealroom.partner.room.TestRoom;
import io.sealroom.schemas.policy.Mode;
import io.sealroom.schemas.policy.Policy;

/**
 * A live room of four epochs of an hour from {@link TestRoom#START}, with slices of ten minutes, a
 * grace of one minute and maxAhead of twenty.
 */
final class LivePolicy {

    static final long START = TestRoom.START;
    static final long MINUTE = 60_000;
    static final long HOUR = 60 * MINUTE;

    private LivePolicy() {}

    static Policy of(int lookbackEpochs, long quota) {
        return of(Mode.LIVE, lookbackEpochs, quota);
    }

    static Policy of(Mode mode, int lookbackEpochs, long quota) {
        Policy base = TestRoom.live("test-room").policy();
        return new Policy(
                base.room(),
                base.semantics(),
                mode,
                START,
                START + 4 * HOUR,
                10 * MINUTE,
                HOUR,
                20 * MINUTE,
                MINUTE,
                lookbackEpochs,
                base.region(),
                base.finalityDepth(),
                base.pendingAlarmMillis(),
                quota,
                base.quorum(),
                base.ledger(),
                base.partners(),
                base.nodes(),
                base.auditors(),
                base.cells(),
                base.queries());
    }
}
