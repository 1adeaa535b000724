package io.sealroom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.local.parts.LocalKafka;
import io.sealroom.reference.QueryWindow;
import io.sealroom.streaming.testing.TestingRoom;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A room whose job is stopped, moved to other backends and parallelisms by savepoint, and restored
 * from checkpoints with records in flight: the bytes of an undisturbed run.
 */
class JobStateITCase {

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setConfiguration(
                                    new Configuration()
                                            .set(
                                                    CheckpointingOptions.MAX_RETAINED_CHECKPOINTS,
                                                    1000))
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    /** Longer than a checkpoint takes, so that buffers are rarely flushed between two. */
    private static final Duration FLUSH = Duration.ofMillis(300);

    private static LocalKafka kafka;

    @BeforeAll
    static void startKafka() throws IOException {
        kafka = LocalKafka.start();
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    /** The undisturbed run comes last, over the same topics: it must add the same bytes. */
    @ParameterizedTest
    @CsvSource({
        "hashmap, hashmap, hashmap, hashmap",
        "rocksdb, rocksdb, rocksdb, rocksdb",
        "rocksdb, hashmap, rocksdb, hashmap"
    })
    void releases_rescaledFromOneToFourToTwo_sameBytesAsUndisturbed(
            String first, String second, String third, String undisturbed, @TempDir Path savepoints)
            throws Exception {
        TestingRoom room = room("rescaled-" + first + "-" + second);
        RandomHistory history = RandomHistory.write(room, 99);
        PendingWindows pending = new PendingWindows(kafka, room, history);
        RoomTopic.createAll(kafka, room.policy(), JobRun.NODE);
        String savepoint;
        try (TopicFeed feed = new TopicFeed(kafka)) {
            feed.upTo(history.partner("publisher"), 0.5);
            feed.upTo(history.partner("advertiser"), 0.4);
            try (JobRun run = JobRun.start(kafka, room, 1, ClusterChoice.of(first))) {
                run.await("a first window", () -> !pending.present().isEmpty());
                savepoint = run.stop(savepoints);
            }
            int before = pending.records();
            feed.upTo(history.partner("publisher"), 0.7);
            feed.upTo(history.partner("advertiser"), 0.8);
            try (JobRun run =
                    JobRun.start(kafka, room, 4, ClusterChoice.of(second).from(savepoint))) {
                run.await("another window", () -> pending.records() > before);
                savepoint = run.stop(savepoints);
            }
            assertThat(pending.records()).isLessThan(pending.expected());
            feed.upTo(history, 1.0);
        }
        try (JobRun run = JobRun.start(kafka, room, 2, ClusterChoice.of(third).from(savepoint))) {
            run.await("all windows", pending::isComplete);
        }
        // Stopped with a savepoint and never killed: no window came twice.
        assertThat(pending.records()).isEqualTo(pending.expected());
        try (JobRun run = JobRun.start(kafka, room, 2, ClusterChoice.of(undisturbed))) {
            run.await("all windows again", () -> pending.isComplete(Set.of(), pending.expected()));
        }
        pending.check();
    }

    /**
     * Buffers are flushed so rarely that every barrier overtakes records, verdicts and watermarks;
     * each of the checkpoints that are restored holds some. At the parallelism at which they were
     * taken: see the package page.
     */
    @ParameterizedTest
    @CsvSource({"hashmap, 4", "rocksdb, 2"})
    void releases_restoredWithRecordsInFlight_sameBytes(
            String backend,
            int parallelism,
            @TempDir Path checkpoints,
            @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        TestingRoom room = room("in-flight-" + backend);
        RandomHistory history = RandomHistory.write(room, 7, new RandomHistory.Size(1000, 50, 20));
        PendingWindows pending = new PendingWindows(kafka, room, history);
        RoomTopic.createAll(kafka, room.policy(), JobRun.NODE);
        List<InFlight> checkpointsTaken = new ArrayList<>();
        try (TopicFeed feed = new TopicFeed(kafka)) {
            try (JobRun run =
                    JobRun.start(
                            kafka,
                            room,
                            parallelism,
                            unaligned(backend).keepCheckpoints(checkpoints))) {
                JobFacts facts = new JobFacts(cluster, run.id());
                for (int step = 1; step <= 8; step++) {
                    feed.upTo(history, step / 10.0);
                    long taken = facts.completedCount();
                    run.await("a checkpoint", () -> facts.completedCount() > taken + 1);
                    facts.lastInFlight()
                            .ifPresent(
                                    path ->
                                            checkpointsTaken.add(
                                                    new InFlight(path, pending.present())));
                }
            }
            feed.upTo(history, 1.0);
        }
        assertThat(checkpointsTaken).hasSizeGreaterThan(3);
        int half = checkpointsTaken.size() / 2;
        restore(room, pending, parallelism, unaligned(backend), checkpointsTaken.get(half));
        restore(
                room,
                pending,
                parallelism,
                unaligned(backend),
                checkpointsTaken.get(checkpointsTaken.size() - 1));
        pending.check();
    }

    /**
     * A checkpoint that holds records in flight.
     *
     * @param released windows that were out when it was complete: a run restored from it gives all
     *     others
     */
    private record InFlight(String path, Set<QueryWindow> released) {}

    private static void restore(
            TestingRoom room,
            PendingWindows pending,
            int parallelism,
            ClusterChoice cluster,
            InFlight checkpoint)
            throws Exception {
        int before = pending.records();
        try (JobRun run = JobRun.start(kafka, room, parallelism, cluster.from(checkpoint.path()))) {
            run.await(
                    "all windows that were not out",
                    () -> pending.isComplete(checkpoint.released(), before));
        }
    }

    private static ClusterChoice unaligned(String backend) {
        return ClusterChoice.of(backend)
                .unaligned(true)
                .flushBuffersAfter(FLUSH)
                .checkpointEvery(Duration.ofMillis(60));
    }

    private static TestingRoom room(String name) {
        return TestingRoom.small(
                text ->
                        text.replace("room: small-room", "room: " + name)
                                .replace("threshold: 2", "threshold: 0"));
    }
}
