package io.sealroom.partner.kit;

import io.sealroom.schemas.policy.Policy;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a slice is due to be sealed: grace after its end. But slices that were over before this
 * process began, or while the writer was held up or stood still, wait until nothing has come for
 * them for as long as grace.
 *
 * <p>Why:
 *
 * <ol>
 *   <li>A process dies or is stopped, Kafka is away, or a partner is away and the buffer full: the
 *       source keeps its events.
 *   <li>An hour later it goes on: six slices are overdue.
 *   <li>Sealed at once, they would lack what the source is about to send, all of which is then
 *       late.
 * </ol>
 *
 * A source that never pauses with events of such a slice delays its seal; what is late in the
 * normal course of things does not. Safe for use by several threads. Holds one number for each
 * slice that waits so.
 */
final class Backlog {

    private final long sliceMillis;
    private final long graceMillis;

    /** Slice to when the last event came for it. */
    private final NavigableMap<Long, Long> lastCame = new TreeMap<>();

    private long resumedAt;

    /** When the writer last looked at what is due, by a clock that nobody sets. */
    private @Nullable Long lookedAtNanos;

    /**
     * @param startedAt by the wall clock
     */
    Backlog(Policy policy, long startedAt) {
        this.sliceMillis = policy.sliceMillis();
        this.graceMillis = policy.graceMillis();
        this.resumedAt = startedAt;
    }

    /** A seal is due and events hold it up at {@code now}. */
    synchronized void heldUp(long now) {
        resumedAt = Math.max(resumedAt, now);
    }

    /**
     * The writer looks at what is due, as it does many times a second. If it did not for longer
     * than grace, it stood still, and so did what comes from the source.
     *
     * @param nanos as of {@link System#nanoTime}
     * @param now by the wall clock
     */
    synchronized void looked(long nanos, long now) {
        if (lookedAtNanos != null
                && nanos - lookedAtNanos > TimeUnit.MILLISECONDS.toNanos(graceMillis)) {
            heldUp(now);
        }
        lookedAtNanos = nanos;
    }

    /** An event came at {@code now}, the first time or again. */
    synchronized void came(long eventTime, long now) {
        long slice = Math.floorDiv(eventTime, sliceMillis) * sliceMillis;
        if (slice + sliceMillis <= resumedAt) {
            lastCame.put(slice, now);
        }
    }

    /** When the slices before {@code to} may be sealed. */
    synchronized long dueAt(long to) {
        long quietSince = to;
        if (to <= resumedAt) {
            quietSince =
                    lastCame.headMap(to).values().stream()
                            .mapToLong(Long::longValue)
                            .reduce(resumedAt, Math::max);
        }
        return quietSince + graceMillis;
    }

    /** Slices before {@code to} are sealed. */
    synchronized void sealed(long to) {
        lastCame.headMap(to).clear();
    }
}
