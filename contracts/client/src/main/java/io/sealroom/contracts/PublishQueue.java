package io.sealroom.contracts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@link PublishClient} has before it and behind it, and when what is next; under its lock.
 */
final class PublishQueue {

    private final PublishOptions options;
    private final Map<PublishTask.Identity, PublishTask> tasks = new LinkedHashMap<>();
    private final List<PublishResult> results = new ArrayList<>();
    private long arrivals;
    private long retries;
    private int endpointFailures;
    private long pausedUntilNanos;
    private Optional<PublishOutcome.Retry> lastRetry = Optional.empty();

    PublishQueue(PublishOptions options, long nowNanos) {
        this.options = options;
        this.pausedUntilNanos = nowNanos;
    }

    /** Adds an offer, unless the same releases are here already, or their result is. */
    void add(WindowOffer offer, long nowNanos) {
        PublishTask.Identity identity = PublishTask.Identity.of(offer);
        boolean finished =
                results.stream().anyMatch(r -> PublishTask.Identity.of(r.offer()).equals(identity));
        if (!finished) {
            tasks.computeIfAbsent(identity, key -> new PublishTask(offer, arrivals++, nowNanos));
        }
    }

    /** The task that is due first; one that is not in flight only while there is room for it. */
    Optional<PublishTask> first(long nowNanos) {
        boolean full = inFlight() >= options.inFlightMax();
        return tasks.values().stream()
                .filter(task -> task.isInFlight() || !full)
                .min(
                        Comparator.<PublishTask>comparingLong(task -> task.waitNanos(nowNanos))
                                .thenComparingLong(PublishTask::number));
    }

    /** How long until the task's turn; 0 or less: now. */
    long waitNanos(PublishTask task, long nowNanos) {
        return Math.max(task.waitNanos(nowNanos), pausedUntilNanos - nowNanos);
    }

    void sent(PublishTask task, Word transaction, long nowNanos) {
        endpointFailures = 0;
        task.sent(transaction, nowNanos, options.pollInterval().toNanos());
    }

    void notMined(PublishTask task, long nowNanos) {
        endpointFailures = 0;
        task.askAgain(nowNanos, options.pollInterval().toNanos());
    }

    void finished(PublishTask task, List<PublishOutcome> outcomes) {
        endpointFailures = 0;
        tasks.remove(PublishTask.Identity.of(task.offer()));
        results.add(new PublishResult(task.offer(), outcomes));
    }

    /**
     * An attempt led to nothing. It has not undone an earlier one that reached the chain: whatever
     * an endpoint says to a replacement, what was to be replaced may get into a block.
     */
    void failed(PublishTask task, PublishOutcome.Retry retry, long nowNanos) {
        retries++;
        lastRetry = Optional.of(retry);
        if (retry.cause() == RetryCause.ENDPOINT_AWAY) {
            long pause = options.backoff(++endpointFailures).toNanos();
            pausedUntilNanos = nowNanos + pause;
            task.askAgain(nowNanos, pause);
        } else {
            endpointFailures = 0;
            task.askAgain(nowNanos, options.backoff(task.failed()).toNanos());
        }
    }

    /** Its transaction is in a block, and led to nothing there: the next attempt has its own. */
    void reverted(PublishTask task, PublishOutcome.Retry retry, long nowNanos) {
        task.forgetTransaction();
        failed(task, retry, nowNanos);
    }

    List<PublishResult> takeResults() {
        List<PublishResult> taken = List.copyOf(results);
        results.clear();
        return taken;
    }

    List<WindowOffer> unfinished() {
        List<WindowOffer> offers = new ArrayList<>();
        results.forEach(result -> offers.add(result.offer()));
        tasks.values().forEach(task -> offers.add(task.offer()));
        return offers;
    }

    PublishStatus status() {
        int inFlight = inFlight();
        return new PublishStatus(tasks.size() - inFlight, inFlight, retries, lastRetry);
    }

    private int inFlight() {
        return (int) tasks.values().stream().filter(PublishTask::isInFlight).count();
    }
}
