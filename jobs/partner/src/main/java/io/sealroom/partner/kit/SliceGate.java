package io.sealroom.partner.kit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when a slice is closed for events, to be sealed: when it is due and none of its events is
 * left unsettled. Events whose tokens do not come, because a partner is away, hold their slice; the
 * room waits, and nothing is lost. Used by the writer's thread.
 */
final class SliceGate {

    private static final Logger LOG = LoggerFactory.getLogger(SliceGate.class);

    /** Longer than an event that has its tokens is under way. */
    private static final long HELD_UP_MILLIS = 1_000;

    private final EventBuffer buffer;
    private final Backlog backlog;
    private long heldSlice = Long.MIN_VALUE;
    private long heldSince;
    private boolean told;

    SliceGate(EventBuffer buffer, Backlog backlog) {
        this.buffer = buffer;
        this.backlog = backlog;
    }

    /**
     * Whether [.., to) is now closed; from then on its events are late.
     *
     * @param now by the wall clock
     */
    boolean closes(long to, long now) {
        backlog.looked(System.nanoTime(), now);
        if (now < backlog.dueAt(to)) {
            return false;
        }
        if (buffer.closeUntil(to)) {
            return true;
        }
        held(to, now);
        return false;
    }

    private void held(long to, long now) {
        if (heldSlice != to) {
            heldSlice = to;
            heldSince = now;
            told = false;
        }
        if (now - heldSince < HELD_UP_MILLIS) {
            return;
        }
        backlog.heldUp(now);
        if (!told) {
            LOG.warn(
                    "the slice ending at {} is due and {} of its events wait for tokens or for room"
                            + " in the buffer: it is not sealed, and the room waits",
                    to,
                    buffer.unsettledBefore(to));
            told = true;
        }
    }

    /** The slice is sealed. */
    void sealed(long to) {
        if (told) {
            LOG.info("the slice ending at {} is sealed", to);
            told = false;
        }
        backlog.sealed(to);
        buffer.sealed(to);
    }
}
