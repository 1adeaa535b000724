package io.sealroom.partner.kit;

import io.sealroom.partner.event.CheckedEvent;
import io.sealroom.partner.event.EventEncoder;
import io.sealroom.partner.event.EventField;
import io.sealroom.partner.event.EventRejectReason;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.seal.SentEvents;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Accepted events until they are settled, bounded: between the threads that send and the one that
 * writes. Whether an event is late is decided here once, when it is accepted; from then on it holds
 * the seal of its slice, so that it cannot become late by waiting.
 */
final class EventBuffer {

    private static final SendOutcome LATE =
            new SendOutcome.Rejected(EventField.EVENT_TIME, EventRejectReason.LATE);

    private final int capacity;
    private final EventEncoder encoder;
    private final List<SentEvents> sent;
    private final LongConsumer came;
    private final PendingQueues queues = new PendingQueues();
    private final UnsettledEvents unsettled = new UnsettledEvents();
    private long closedUntil;
    private long reach = Long.MIN_VALUE;
    private boolean changed;
    private boolean closing;
    private boolean givenUp;
    private @Nullable AgentException failure;

    /**
     * @param capacity most events that are not settled
     * @param sent by partition; used under this buffer's lock only
     * @param closedUntil events before it are late
     * @param came hears the time of each event that is taken, or was before
     */
    EventBuffer(
            int capacity,
            EventEncoder encoder,
            List<SentEvents> sent,
            long closedUntil,
            LongConsumer came) {
        this.capacity = capacity;
        this.encoder = encoder;
        this.sent = List.copyOf(sent);
        this.closedUntil = closedUntil;
        this.came = came;
    }

    /** Waits while the buffer is full; fails what it returns if nothing is sent any more. */
    synchronized CompletableFuture<SendOutcome> accept(CheckedEvent event)
            throws InterruptedException {
        int partition = encoder.partition(event.eventId());
        while (true) {
            if (failure != null) {
                return CompletableFuture.failedFuture(failure);
            }
            if (closing) {
                return CompletableFuture.failedFuture(
                        AgentException.unavailable(null, "the producer is closed"));
            }
            if (sent.get(partition).contains(event.eventId())) {
                came.accept(event.eventTime());
                return CompletableFuture.completedFuture(new SendOutcome.AlreadySent());
            }
            if (event.eventTime() < closedUntil && !unsettled.contains(event.eventId())) {
                return CompletableFuture.completedFuture(LATE);
            }
            if (unsettled.size() < capacity) {
                return enter(event, partition);
            }
            unsettled.waits(event.eventTime());
            try {
                wait();
            } finally {
                unsettled.waitsNoMore(event.eventTime());
            }
        }
    }

    private CompletableFuture<SendOutcome> enter(CheckedEvent event, int partition) {
        came.accept(event.eventTime());
        if (unsettled.contains(event.eventId())) {
            return unsettled.repeat(event.eventId());
        }
        PendingEvent entered = new PendingEvent(event, partition);
        unsettled.add(entered);
        queues.fresh(entered);
        change();
        return entered.result();
    }

    /** Events up to and including a time that nobody has taken yet, oldest first. */
    synchronized List<PendingEvent> takeFresh(long newReach) {
        reach = newReach;
        return queues.takeFresh(newReach);
    }

    /** For any thread: the event's tokens are there, or will not come. */
    synchronized void answered(PendingEvent event) {
        queues.answered(event);
        change();
    }

    /**
     * Answered events, at most {@code max}. If there are some, but fewer, waits for more as long as
     * {@code linger} and the buffer has room for them.
     */
    synchronized List<PendingEvent> takeAnswered(int max, Duration linger)
            throws InterruptedException {
        long deadline = System.nanoTime() + linger.toNanos();
        for (long left = linger.toMillis();
                mayLinger(max) && left > 0;
                left = millisUntil(deadline)) {
            wait(left);
        }
        List<PendingEvent> taken = queues.takeAnswered(max);
        changed |= queues.answered() > 0;
        return taken;
    }

    private boolean mayLinger(int max) {
        return queues.answered() > 0
                && queues.answered() < max
                && unsettled.size() < capacity
                && !closing;
    }

    /** Ends an event's stay. Its future completes here, on the writer's thread. */
    void settle(PendingEvent event, SendOutcome outcome) {
        synchronized (this) {
            unsettled.remove(event);
            if (outcome instanceof SendOutcome.Sent) {
                sent.get(event.partition()).sent(event.id());
            }
            change();
        }
        event.result().complete(outcome);
    }

    /**
     * From now on events before {@code to} are late; not if there is one that is not settled, or
     * one that this buffer keeps waiting, unless it is this seal that makes room.
     */
    synchronized boolean closeUntil(long to) {
        if (unsettled.before(to) > 0 || (unsettled.waitingBefore(to) > 0 && !isFullBeyondReach())) {
            return false;
        }
        // A partition that was re-anchored may stand further than the slice that is sealed now.
        closedUntil = Math.max(closedUntil, to);
        return true;
    }

    private boolean isFullBeyondReach() {
        return unsettled.size() >= capacity && queues.freshBeyond(reach) == unsettled.events();
    }

    /** Seals ending at {@code to} cover everything sent. */
    synchronized void sealed(long to) {
        sent.forEach(events -> events.sealed(to));
        // What was beyond the reach of the last seal may be within that of this one.
        change();
    }

    /** Events before {@code to} that are not settled, or wait for room. */
    synchronized int unsettledBefore(long to) {
        return unsettled.before(to) + unsettled.waitingBefore(to);
    }

    synchronized int occupied() {
        return unsettled.size();
    }

    /** Returns when there may be something to do for the writer, at the latest after a nap. */
    synchronized void awaitChange(long napMillis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(napMillis);
        for (long left = napMillis; !changed && left > 0; left = millisUntil(deadline)) {
            wait(left);
        }
        changed = false;
    }

    /** Completes when everything accepted so far is settled; fails if one of it does. */
    synchronized CompletableFuture<Void> allSettled() {
        return CompletableFuture.allOf(
                unsettled.all().stream()
                        .map(PendingEvent::result)
                        .toArray(CompletableFuture<?>[]::new));
    }

    /** Accepts nothing more. */
    synchronized void close() {
        closing = true;
        change();
    }

    /** Waits no longer for what is not settled. */
    synchronized void giveUp() {
        givenUp = true;
        change();
    }

    /** Whether the writer has nothing left to do. */
    synchronized boolean isFinished() {
        return givenUp || (closing && unsettled.size() == 0);
    }

    /** Nothing more is sent: fails what is not settled, and what comes with the first cause. */
    void fail(AgentException cause) {
        List<PendingEvent> left;
        synchronized (this) {
            if (failure == null) {
                failure = cause;
            }
            left = unsettled.all();
            unsettled.clear();
            queues.clear();
            change();
        }
        left.forEach(event -> event.result().completeExceptionally(cause));
    }

    private static long millisUntil(long nanoTime) {
        return TimeUnit.NANOSECONDS.toMillis(nanoTime - System.nanoTime());
    }

    private void change() {
        changed = true;
        notifyAll();
    }
}
