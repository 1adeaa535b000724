package io.sealroom.streaming.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Computes one history, once in peace, or through kills and restores. */
final class HistoryRun {

    private static final int[] PARALLELISMS = {1, 2, 4};

    private final History history;
    private final Random random;
    private final Environments environments;
    private final Outcome outcome = new Outcome();
    private final List<Checkpoint> checkpoints = new ArrayList<>();

    private HistoryRun(History history, Random random, Environments environments) {
        this.history = history;
        this.random = random;
        this.environments = environments;
    }

    /** At parallelism 1, without a checkpoint. */
    static Outcome undisturbed(History history, Environments environments) throws Exception {
        HistoryRun run = new HistoryRun(history, new Random(0), environments);
        run.live(1, null);
        return run.outcome;
    }

    /** From one parallelism on, killed up to twice, restored at any. */
    static Outcome disturbed(
            History history, int parallelism, Random random, Environments environments)
            throws Exception {
        HistoryRun run = new HistoryRun(history, random, environments);
        int kills = 1 + random.nextInt(5) / 4;
        int next = parallelism;
        @Nullable Checkpoint from = null;
        for (int kill = 0; kill < kills; kill++) {
            run.liveAndDie(next, from);
            from = run.chosen();
            // In-flight records belong to the subtasks that they were sent by.
            next =
                    from != null && !from.inFlight().isEmpty()
                            ? from.parallelism()
                            : PARALLELISMS[random.nextInt(PARALLELISMS.length)];
        }
        run.live(next, from);
        return run.outcome;
    }

    /**
     * To the end. What all partners have sealed has to be there before anything says that no more
     * will come; then nothing may be left.
     */
    private void live(int parallelism, @Nullable Checkpoint from) throws Exception {
        try (Cluster cluster = cluster(parallelism, from)) {
            while (cluster.step()) {}
            if (outcome.windows() != history.completeWindows()) {
                throw new AssertionError(
                        String.format(
                                "%d windows are sealed by all, %d came out",
                                history.completeWindows(), outcome.windows()));
            }
            cluster.endInput();
            while (cluster.step()) {}
            if (cluster.remembered() != 0) {
                throw new AssertionError(
                        "state is left at the end: " + cluster.remembered() + " entries");
            }
        }
    }

    /** Up to a kill at a random place, which can be the end; takes a checkpoint or two before. */
    private void liveAndDie(int parallelism, @Nullable Checkpoint from) throws Exception {
        try (Cluster cluster = cluster(parallelism, from)) {
            int unread = random.nextInt(cluster.remaining() + 1);
            int first = unread + random.nextInt(cluster.remaining() - unread + 1);
            int steps = random.nextInt(30 * parallelism);
            int planned = 1 + random.nextInt(5) / 4;
            // Answers wait for a few steps only: some runs wait for such a moment.
            boolean amid = random.nextInt(3) == 0;
            while (cluster.remaining() > unread || steps-- > 0) {
                if (planned > 0
                        && (amid ? cluster.isAmid() : cluster.remaining() <= first)
                        && cluster.canCheckpoint()) {
                    planned--;
                    if (amid || random.nextBoolean()) {
                        checkpoints.add(cluster.overtake());
                    } else {
                        cluster.startCheckpoint();
                    }
                }
                if (!cluster.step()) {
                    break;
                }
                Checkpoint completed = cluster.completed();
                if (completed != null) {
                    checkpoints.add(completed);
                }
            }
        }
    }

    /** The newest checkpoint mostly; else an older one, or none. */
    private @Nullable Checkpoint chosen() {
        int back = random.nextInt(4) == 0 ? random.nextInt(checkpoints.size() + 1) : 0;
        int index = checkpoints.size() - 1 - back;
        return index < 0 ? null : checkpoints.get(index);
    }

    private Cluster cluster(int parallelism, @Nullable Checkpoint from) throws Exception {
        return new Cluster(history, parallelism, from, random, environments, outcome);
    }
}
