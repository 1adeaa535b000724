package io.sealroom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.local.parts.LocalKafka;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.streaming.testing.TestingRoom;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Savepoints that are committed, one directory for each layout of the job's state: this version
 * restores them and gives, byte for byte, what the version that took them gave; a savepoint of
 * another policy it refuses for good.
 *
 * <p>A change of the layout adds a directory beside the old ones. Until the first release the one
 * that is there may be written anew, by
 *
 * <pre>
 * mvn -B -pl jobs/pipeline -am test -Dtest=CommittedSavepointITCase#write \
 *     -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dsealroom.savepoint=$PWD/jobs/pipeline/src/test/resources/savepoints/v1
 * </pre>
 */
class CommittedSavepointITCase {

    private static final String WRITE = "sealroom.savepoint";

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static LocalKafka kafka;

    @BeforeAll
    static void startKafka() throws IOException {
        kafka = LocalKafka.start();
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    private static Path directory(String version) throws URISyntaxException {
        URL directory = CommittedSavepointITCase.class.getResource("/savepoints/" + version);
        return Path.of(Objects.requireNonNull(directory).toURI());
    }

    @ParameterizedTest
    @CsvSource({"v1, hashmap, 1, rocksdb, 4"})
    void restore_committedSavepoint_givesWhatItsVersionGave(
            String version, String backend, int parallelism, String otherBackend, int other)
            throws Exception {
        Path directory = directory(version);
        SavedRoom saved = SavedRoom.read(directory);
        saved.produce(kafka);
        assertThat(restored(directory, saved, backend, parallelism)).isEqualTo(saved.pending());
        assertThat(restored(directory, saved, otherBackend, other)).isEqualTo(saved.pending());
    }

    /** What a run from the savepoint adds to the pending topic. */
    private static List<String> restored(
            Path directory, SavedRoom saved, String backend, int parallelism) throws Exception {
        int before = pending(saved.room()).size();
        int after = before + saved.pending().size();
        try (JobRun run =
                JobRun.start(
                        kafka,
                        saved.room(),
                        parallelism,
                        ClusterChoice.of(backend).from(directory.toUri().toString()))) {
            run.await("the windows left", () -> pending(saved.room()).size() >= after);
        }
        List<byte[]> values = pending(saved.room());
        return SavedRoom.sorted(values.subList(before, values.size()));
    }

    /** It has the savepoint's room and topics, and a policy that differs in one threshold. */
    @Test
    void restore_savepointOfAnotherPolicy_refusedForGood(@TempDir Path savepoints)
            throws Exception {
        TestingRoom room = room("refused-room", "threshold: 2");
        RoomTopic.createAll(kafka, room.policy(), JobRun.NODE);
        RandomHistory history = RandomHistory.write(room, 3);
        String savepoint;
        try (TopicFeed feed = new TopicFeed(kafka);
                JobRun run = JobRun.start(kafka, room, 1, ClusterChoice.of("hashmap"))) {
            feed.upTo(history, 0.6);
            run.await("a window", () -> !pending(room).isEmpty());
            savepoint = run.stop(savepoints);
        }
        TestingRoom other = room("refused-room", "threshold: 3");
        try (JobRun run =
                JobRun.start(
                        kafka,
                        other,
                        1,
                        ClusterChoice.of("hashmap").restarting().from(savepoint))) {
            // By a source or by a stage, whichever looks first: both say this.
            assertThatThrownBy(run::awaitFailure)
                    .hasStackTraceContaining("hash " + other.policy().hash())
                    .hasStackTraceContaining("with the policy it was taken under");
        }
    }

    @Test
    @EnabledIfSystemProperty(named = WRITE, matches = ".+")
    void write(@TempDir Path savepoints) throws Exception {
        Path directory = Files.createDirectories(Path.of(System.getProperty(WRITE, "")));
        TestingRoom room = room("saved-room", "threshold: 0");
        RandomHistory history = RandomHistory.write(room, 5, new RandomHistory.Size(60, 8, 1));
        PendingWindows windows = new PendingWindows(kafka, room, history);
        RoomTopic.createAll(kafka, room.policy(), JobRun.NODE);
        int before;
        try (TopicFeed feed = new TopicFeed(kafka)) {
            feed.upTo(history.partner("publisher"), 0.6);
            feed.upTo(history.partner("advertiser"), 0.5);
            String savepoint;
            try (JobRun run = JobRun.start(kafka, room, 2, ClusterChoice.of("hashmap"))) {
                run.await("a window", () -> windows.records() > 0);
                savepoint = run.stop(savepoints);
            }
            before = windows.records();
            Files.copy(
                    Path.of(URI.create(savepoint)).resolve("_metadata"),
                    directory.resolve("_metadata"),
                    StandardCopyOption.REPLACE_EXISTING);
            feed.upTo(history, 1.0);
            try (JobRun run =
                    JobRun.start(kafka, room, 2, ClusterChoice.of("hashmap").from(savepoint))) {
                run.await("all windows", windows::isComplete);
            }
        }
        windows.check();
        List<byte[]> values = pending(room);
        SavedRoom.of(history, room, values.subList(before, values.size())).write(directory);
    }

    private static List<byte[]> pending(TestingRoom room) {
        return RoomTopic.values(kafka, Topics.pending(room.policy().room(), JobRun.NODE));
    }

    private static TestingRoom room(String name, String threshold) {
        return TestingRoom.small(
                text ->
                        text.replace("room: small-room", "room: " + name)
                                .replace("threshold: 2", threshold));
    }
}
