package io.sealroom.contracts;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes from a thread of its own, for callers that must never wait, such as the task thread of
 * a sink: {@link #offer} and {@link #poll} return at once.
 *
 * <p>An offer is done when for each of its releases the contract holds the hash in a block, or
 * reports a conflict, or that the budget cannot pay, or refuses the offer; anything else is tried
 * again for as long as it takes, with a back-off that doubles up to a bound. While the endpoint is
 * away, one back-off holds for all offers. Offering the same releases twice, or again after a
 * restart, is harmless: they are one task here and one hash each on the contract.
 *
 * <p>Nothing is kept on disk: {@link #unfinished} is what a caller stores and offers again. An
 * offer stays in it until {@link #poll} has given its result away.
 *
 * <p>Limit: done means in a block, not in a final one. A reorganisation that drops the transaction
 * for good is seen by whoever waits for the event in final blocks.
 */
public final class PublishClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PublishClient.class);

    private final RoomContract room;
    private final PublishOptions options;
    private final Runnable onResult;
    private final Thread worker;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PublishQueue queue;
    private boolean closed;
    private @Nullable RuntimeException failure;

    /**
     * Starts the thread, a daemon.
     *
     * @param room closed by {@link #close}
     * @param onResult called from the client's thread, without its lock, after a result or a
     *     failure can be polled; must not block
     */
    public PublishClient(RoomContract room, PublishOptions options, Runnable onResult) {
        this.room = room;
        this.options = options;
        this.onResult = onResult;
        this.queue = new PublishQueue(options, System.nanoTime());
        this.worker = new Thread(this::run, "sealroom-publish");
        this.worker.setDaemon(true);
        this.worker.start();
    }

    /**
     * Queues an offer, unless the same releases are queued, under way or waiting to be polled.
     *
     * @throws IllegalStateException if closed
     */
    public void offer(WindowOffer offer) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("client must be open to offer, it is closed");
            }
            queue.add(offer, System.nanoTime());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What was finished since the last call, in order.
     *
     * @throws WrongChainException if the endpoint leads to another room: the client has stopped,
     *     and everything unfinished stays unfinished
     * @throws IllegalStateException if an error has ended the client's thread; likewise
     */
    public List<PublishResult> poll() {
        lock.lock();
        try {
            if (failure != null) {
                throw failure;
            }
            return queue.takeResults();
        } finally {
            lock.unlock();
        }
    }

    /** All offers whose results have not been polled, in order of arrival. */
    public List<WindowOffer> unfinished() {
        lock.lock();
        try {
            return queue.unfinished();
        } finally {
            lock.unlock();
        }
    }

    /** What it is at. */
    public PublishStatus status() {
        lock.lock();
        try {
            return queue.status();
        } finally {
            lock.unlock();
        }
    }

    /** Stops at once, whatever is under way, and closes the room. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        worker.interrupt();
        room.close();
    }

    // The thread.

    private void run() {
        try {
            for (Optional<PublishTask> task = next(); task.isPresent(); task = next()) {
                step(task.get());
            }
        } catch (InterruptedException e) {
            LOG.debug("publishing stops: closed");
        } catch (RuntimeException e) {
            fail(e);
        } catch (Error e) {
            // Whoever polls must hear of it: else the offers would wait for ever.
            fail(new IllegalStateException("the publishing thread has ended", e));
            throw e;
        }
    }

    /** Waits for a task that is due; none once closed. */
    private Optional<PublishTask> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                long now = System.nanoTime();
                Optional<PublishTask> first = queue.first(now);
                if (first.isEmpty()) {
                    changed.await();
                    continue;
                }
                long wait = queue.waitNanos(first.get(), now);
                if (wait <= 0) {
                    return first;
                }
                long unused = changed.awaitNanos(wait);
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** One question to the endpoint for one task; the lock is not held meanwhile. */
    private void step(PublishTask task) {
        Optional<Word> transaction = task.transaction();
        if (transaction.isEmpty()) {
            take(task, room.submit(task.offer()));
            return;
        }
        List<PublishOutcome> outcomes = room.outcome(task.offer(), transaction.get());
        RetryCause cause = retry(outcomes).map(PublishOutcome.Retry::cause).orElse(null);
        if (cause == null || cause == RetryCause.ENDPOINT_AWAY) {
            settle(task, outcomes);
        } else if (cause != RetryCause.NOT_MINED) {
            // Nothing was sent just now: this is what its block made of it.
            again(task, retry(outcomes).orElseThrow(), true);
        } else if (task.ageNanos(System.nanoTime()) < options.stuckAfter().toNanos()) {
            locked(() -> queue.notMined(task, System.nanoTime()));
        } else {
            LOG.warn(
                    "a publish transaction is in no block after {} and is outbid, if there were blocks; expected when fees rise;"
                            + " window {} of {} releases, transaction {}",
                    options.stuckAfter(),
                    task.offer().start(),
                    task.offer().releases().size(),
                    transaction.get());
            take(task, room.resubmit(task.offer()));
        }
    }

    private void take(PublishTask task, Submission submission) {
        if (submission instanceof Submission.Sent sent) {
            locked(() -> queue.sent(task, sent.transaction(), System.nanoTime()));
        } else {
            settle(task, ((Submission.Settled) submission).outcomes());
        }
    }

    private void settle(PublishTask task, List<PublishOutcome> outcomes) {
        Optional<PublishOutcome.Retry> retry = retry(outcomes);
        if (retry.isPresent()) {
            again(task, retry.get(), false);
        } else {
            locked(() -> queue.finished(task, outcomes));
            onResult.run();
        }
    }

    private void again(PublishTask task, PublishOutcome.Retry retry, boolean reverted) {
        long now = System.nanoTime();
        locked(
                () -> {
                    if (reverted) {
                        queue.reverted(task, retry, now);
                    } else {
                        queue.failed(task, retry, now);
                    }
                });
        LOG.info(
                "a publish is tried again, {}: {}; window {} of {} releases",
                retry.cause(),
                retry.detail(),
                task.offer().start(),
                task.offer().releases().size());
    }

    /** A retry of one release is one of all. */
    private static Optional<PublishOutcome.Retry> retry(List<PublishOutcome> outcomes) {
        return outcomes.stream()
                .filter(PublishOutcome.Retry.class::isInstance)
                .map(PublishOutcome.Retry.class::cast)
                .findFirst();
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    private void fail(RuntimeException e) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            failure = e;
        } finally {
            lock.unlock();
        }
        LOG.error("publishing stops for good; offers stay unfinished", e);
        onResult.run();
    }
}
