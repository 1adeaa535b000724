package io.sealroom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.local.parts.LocalKafka;
import io.sealroom.streaming.testing.TestingRoom;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Task managers die, two or three times a run, while partners write: no window is missing, and none
 * has other bytes than its history gives. Which records are there, at which moment who dies, and
 * what the cluster chose follow from the seed.
 */
class KilledTasksITCase {

    private static final int TASK_MANAGERS = 2;
    private static final int STEPS = 10;

    /** All combinations of three parallelisms and two backends, each with and without alignment. */
    private static final int RUNS_SHORT = 6;

    private static final int RUNS_FULL = 120;

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(TASK_MANAGERS)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static LocalKafka kafka;

    /** Of the living task managers; new ones are added behind all that ever were. */
    private static List<Integer> alive = new ArrayList<>(List.of(0, 1));

    private static int started = TASK_MANAGERS;

    @BeforeAll
    static void startKafka() throws IOException {
        kafka = LocalKafka.start();
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    /** One run: {@code seed} decides all that the other values leave open. */
    record Run(long seed, int parallelism, String backend, boolean unaligned) {

        static Run of(int number) {
            int[] parallelisms = {1, 2, 4};
            return new Run(
                    number,
                    parallelisms[number % 3],
                    number / 3 % 2 == 0 ? "hashmap" : "rocksdb",
                    (number + number / 6) % 2 == 1);
        }
    }

    /** All, or the one that {@code sealroom.seed} names. */
    static Stream<Run> runs() {
        Integer seed = Integer.getInteger("sealroom.seed");
        if (seed != null) {
            return Stream.of(Run.of(seed));
        }
        boolean full = "full".equals(System.getProperty("sealroom.campaign"));
        return IntStream.range(0, full ? RUNS_FULL : RUNS_SHORT).mapToObj(Run::of);
    }

    @ParameterizedTest
    @MethodSource("runs")
    void releases_taskManagersDie_allThereWithTheSameBytes(
            Run run, @InjectMiniCluster MiniCluster cluster) throws Exception {
        TestingRoom room =
                TestingRoom.small(
                        text ->
                                text.replace("room: small-room", "room: killed-" + run.seed())
                                        .replace("threshold: 2", "threshold: 0"));
        RandomHistory history = RandomHistory.write(room, run.seed());
        PendingWindows pending = new PendingWindows(kafka, room, history);
        RoomTopic.createAll(kafka, room.policy(), JobRun.NODE);
        Random random = new Random(run.seed());
        Set<Integer> kills = new TreeSet<>();
        while (kills.size() < 2 + run.seed() % 2) {
            kills.add(2 + random.nextInt(STEPS - 2));
        }
        ClusterChoice choice =
                ClusterChoice.of(run.backend())
                        .unaligned(run.unaligned())
                        .restarting()
                        .checkpointEvery(Duration.ofMillis(200));
        if (run.unaligned()) {
            choice.flushBuffersAfter(Duration.ofMillis(250));
        }
        try (TopicFeed feed = new TopicFeed(kafka);
                JobRun job = JobRun.start(kafka, room, run.parallelism(), choice)) {
            JobFacts facts = new JobFacts(cluster, job.id());
            job.await("a first checkpoint", () -> facts.completedCount() > 0);
            for (int step = 1; step <= STEPS; step++) {
                feed.upTo(history, step / (double) STEPS);
                if (kills.contains(step)) {
                    awaitMoment(random, job, facts, pending);
                    // Killed while it was starting again, the job goes on with the same restart.
                    int restarts = facts.restarts() + (facts.isRunning() ? 1 : 0);
                    kill(cluster, run.parallelism() > TASK_MANAGERS && random.nextBoolean());
                    job.await("a restart", () -> facts.restarts() >= restarts);
                }
            }
            job.await("all windows", pending::isComplete);
            assertThat(facts.restarts()).isPositive();
            assertThat(facts.restoredCount()).isPositive();
        }
        pending.check();
    }

    /** At once, when the tasks run again, after a checkpoint, or after a window has come out. */
    private static void awaitMoment(
            Random random, JobRun job, JobFacts facts, PendingWindows pending) {
        switch (random.nextInt(4)) {
            case 0 -> {}
            case 1 -> job.await("running tasks", facts::isRunning);
            case 2 -> {
                long before = facts.completedCount();
                job.await("a checkpoint", () -> facts.completedCount() > before);
            }
            default -> {
                job.await("running tasks", facts::isRunning);
                job.await("a window", () -> pending.records() > 0 || facts.completedCount() > 3);
            }
        }
    }

    /**
     * Ends one task manager, or all, and starts as many.
     *
     * @param one whether to leave the other: a job with no more tasks than it has slots may be
     *     there as a whole
     */
    private static void kill(MiniCluster cluster, boolean one) throws Exception {
        List<Integer> dying = new ArrayList<>(one ? alive.subList(0, 1) : alive);
        CompletableFuture<?>[] deaths =
                dying.stream()
                        .map(cluster::terminateTaskManager)
                        .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(deaths).join();
        alive.removeAll(dying);
        for (int i = 0; i < dying.size(); i++) {
            cluster.startTaskManager();
            alive.add(started++);
        }
    }
}
