package io.sealroom.partner.exchange;

import io.sealroom.partner.exit.AgentException;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What other threads report to the thread of one run. After the run's end it is nobody's. */
final class RunReports {

    /** Whoever brings more waits. */
    private static final int QUEUE_MAX = 256;

    private static final long PUT_MILLIS = 50;

    private final Executor workers;
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>(QUEUE_MAX);
    private volatile boolean ended;

    /** Something that happened elsewhere, handled on the run's thread. */
    interface Report {
        void handle() throws AgentException, IOException;
    }

    RunReports(Executor workers) {
        this.workers = workers;
    }

    /** The next report, or null if none comes in time. */
    @Nullable Report poll(long nanos) throws InterruptedException {
        return reports.poll(nanos, TimeUnit.NANOSECONDS);
    }

    void put(Report report) throws InterruptedException {
        boolean taken = false;
        // Nobody reads on after the end; whoever brings a report must not wait for that.
        while (!taken && !ended) {
            taken = reports.offer(report, PUT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Ends the run, whatever is queued. */
    void fail(AgentException failure) {
        Report last =
                () -> {
                    throw failure;
                };
        while (!reports.offer(last)) {
            reports.clear();
        }
    }

    void end() {
        ended = true;
    }

    /** Does work elsewhere; its outcome is reported. */
    void work(Supplier<Report> work) {
        workers.execute(
                () -> {
                    try {
                        put(outcome(work));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private static Report outcome(Supplier<Report> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            return () -> {
                throw new IllegalStateException("a step of the exchange failed", e);
            };
        }
    }
}
