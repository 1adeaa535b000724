package io.sealroom.partner.tokens;

import io.sealroom.schemas.policy.Policy;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Epochs that live events may need a token of: from that of the oldest event the agent may still
 * send, and K before it, to that of the newest. They follow from the clock and from what is sealed,
 * which everybody sees, and from nothing that waits.
 */
final class OpenEpochs {

    private final Policy policy;

    OpenEpochs(Policy policy) {
        this.policy = policy;
    }

    boolean areOfRoom(long epoch) {
        return epoch >= policy.firstEpoch() && epoch <= policy.lastEpoch();
    }

    /**
     * The oldest of {@link #at}, before the room begins and after it has ended too.
     *
     * @param sealedUntil end of the agent's own last seal: while its seals lag behind the clock, so
     *     do the events it may send
     */
    long first(long nowMillis, long sealedUntil) {
        long oldestOpen =
                Math.min(nowMillis - policy.graceMillis() - policy.sliceMillis(), sealedUntil);
        long needed = policy.epochOf(oldestOpen) - policy.lookbackEpochs();
        // Earlier ones are not evaluated any more.
        long evaluated = policy.epochOf(nowMillis) - 1 - policy.lookbackEpochs();
        return Math.max(policy.firstEpoch(), Math.max(needed, evaluated));
    }

    /** Rising. */
    List<Long> at(long nowMillis, long sealedUntil) {
        long newest =
                Math.min(
                        policy.epochOf(nowMillis + policy.maxAheadMillis()),
                        policy.epochOf(nowMillis) + 1);
        return LongStream.rangeClosed(
                        first(nowMillis, sealedUntil), Math.min(newest, policy.lastEpoch()))
                .boxed()
                .toList();
    }

    /**
     * Most batches in one epoch of wall-clock time, the agent's seals keeping up: one a tick for
     * each of the K+1 epochs that every event needs, one more while slices of the last epoch are
     * open, and one more while events of the next may come.
     */
    long batchesPerEpoch(long periodMillis) {
        long late = policy.graceMillis() + policy.sliceMillis();
        long all = ticks(policy.epochMillis(), periodMillis);
        long epochsOfRoom = policy.lastEpoch() - policy.firstEpoch() + 1;
        long most =
                all * (policy.lookbackEpochs() + 1L)
                        + Math.min(all, ticks(late, periodMillis))
                        + Math.min(all, ticks(policy.maxAheadMillis(), periodMillis));
        return Math.min(most, all * epochsOfRoom);
    }

    private static long ticks(long millis, long periodMillis) {
        return -Math.floorDiv(-millis, periodMillis);
    }
}
