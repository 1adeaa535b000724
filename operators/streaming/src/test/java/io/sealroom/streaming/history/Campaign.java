package io.sealroom.streaming.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many seeds on two threads. A seed that fails is named, and is run alone with {@code
 * -Dsealroom.seed=N}.
 */
public final class Campaign {

    private static final int THREADS = 2;
    private static final int FAILURES_MAX = 3;

    private Campaign() {}

    /** What is done with one seed. */
    public interface Trial {
        void run(int seed, Environments environments) throws Exception;
    }

    /** Whether campaigns run at full length. */
    public static boolean isFull() {
        return "full".equals(System.getProperty("sealroom.campaign"));
    }

    /** Whether all seeds run, and so statements about all of them can be made. */
    public static boolean isWhole() {
        return Integer.getInteger("sealroom.seed") == null;
    }

    /**
     * Runs seeds 0 to {@code seeds - 1}, or the one that is asked for.
     *
     * @throws AssertionError with the first failures, each with its seed
     */
    public static void run(int seeds, Trial trial) throws Exception {
        Integer alone = Integer.getInteger("sealroom.seed");
        AtomicInteger next = new AtomicInteger(alone == null ? 0 : alone);
        int end = alone == null ? seeds : alone + 1;
        List<AssertionError> failures = Collections.synchronizedList(new ArrayList<>());
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                workers.add(
                        threads.submit(
                                () -> {
                                    work(next, end, trial, failures);
                                    return null;
                                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } finally {
            threads.shutdownNow();
        }
        if (!failures.isEmpty()) {
            AssertionError first = failures.get(0);
            failures.subList(1, failures.size()).forEach(first::addSuppressed);
            throw first;
        }
    }

    private static void work(
            AtomicInteger next, int end, Trial trial, List<AssertionError> failures)
            throws Exception {
        try (Environments environments = new Environments()) {
            for (int seed = next.getAndIncrement();
                    seed < end && failures.size() < FAILURES_MAX;
                    seed = next.getAndIncrement()) {
                try {
                    trial.run(seed, environments);
                } catch (Exception | AssertionError e) {
                    failures.add(new AssertionError("seed " + seed + ": " + e.getMessage(), e));
                }
            }
        }
    }
}
