package io.sealroom.partner.seal;

import io.sealroom.schemas.policy.Mode;
import io.sealroom.schemas.policy.Policy;
import java.util.NavigableSet;

/**
 * Which slices are sealed together. Live: one at a time. File mode: one that has events alone, so
 * that its last event is at most a slice ahead of the seal before it; empty ones up to the next
 * that has events together, but never beyond an end of the shortest window.
 */
public final class SealSteps {

    private final Policy policy;
    private final long shortestWindow;

    public SealSteps(Policy policy) {
        this.policy = policy;
        this.shortestWindow = policy.windowLengths().get(0);
    }

    /** Start of the slice that holds a time. */
    public long sliceOf(long time) {
        return Math.floorDiv(time, policy.sliceMillis()) * policy.sliceMillis();
    }

    /**
     * End of the step that begins at {@code from}.
     *
     * @param slicesWithEvents starts of the slices that have events
     */
    public long next(long from, NavigableSet<Long> slicesWithEvents) {
        long windowEnd = (Math.floorDiv(from, shortestWindow) + 1) * shortestWindow;
        if (policy.mode() == Mode.LIVE || slicesWithEvents.contains(from)) {
            return from + policy.sliceMillis();
        }
        Long nextWithEvents = slicesWithEvents.higher(from);
        return nextWithEvents == null ? windowEnd : Math.min(windowEnd, nextWithEvents);
    }

    /** The next end of a slice that is not before a time. */
    long sliceEnd(long time) {
        return sliceOf(time + policy.sliceMillis() - 1);
    }

    /** Slices from the room's start to {@code to}. */
    public long slicesUntil(long to) {
        return (to - policy.startMillis()) / policy.sliceMillis();
    }
}
