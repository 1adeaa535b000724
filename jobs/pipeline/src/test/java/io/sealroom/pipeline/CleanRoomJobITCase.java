package io.sealroom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.local.parts.Await;
import io.sealroom.local.parts.LocalKafka;
import io.sealroom.pipeline.testing.ExpectedRelease;
import io.sealroom.reference.BatchReference;
import io.sealroom.schemas.policy.RoomFile;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Reject;
import io.sealroom.schemas.record.RejectReason;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.streaming.testing.TestingPartner;
import io.sealroom.streaming.testing.TestingRoom;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The computation on a real broker and a real Flink, against the batch reference and its own noise.
 */
class CleanRoomJobITCase {

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final String NODE = "node-one";
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private static LocalKafka kafka;

    @BeforeAll
    static void startKafka() throws IOException {
        kafka = LocalKafka.start();
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    private static TestingRoom room(String name) {
        return TestingRoom.small(
                text ->
                        text.replace("room: small-room", "room: " + name)
                                .replace("threshold: 2", "threshold: 0"));
    }

    private static JobClient start(TestingRoom room, int parallelism, @Nullable String savepoint)
            throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        if (savepoint != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        RoomFile file =
                new RoomFile(
                        room.identity().chainId(),
                        room.identity().contract(),
                        0,
                        Collections.emptySortedMap());
        CleanRoomJob.build(
                env,
                new NodeSettings(room.policy(), file, NODE, kafka.bootstrapServers()),
                new TestingSecrets(NODE));
        return env.executeAsync("clean room");
    }

    private static void awaitPending(TestingRoom room, JobClient job, int count) {
        Await.until(
                count + " pending releases",
                DEADLINE,
                () -> {
                    requireRunning(job);
                    return RoomTopic.count(kafka, Topics.pending(room.policy().room(), NODE))
                            >= count;
                });
    }

    private static void requireRunning(JobClient job) {
        try {
            JobStatus status = job.getJobStatus().get(30, TimeUnit.SECONDS);
            if (status.isTerminalState()) {
                job.getJobExecutionResult().get(30, TimeUnit.SECONDS);
            }
        } catch (Exception e) {
            throw new IllegalStateException("the job has ended", e);
        }
    }

    private static List<PendingRelease> pending(TestingRoom room) {
        return RoomTopic.read(
                kafka, Topics.pending(room.policy().room(), NODE), Codecs.PENDING_RELEASE);
    }

    private static List<Reject> rejects(TestingRoom room) {
        return RoomTopic.read(kafka, Topics.rejects(room.policy().room(), NODE), Codecs.REJECT);
    }

    private static ExpectedRelease expected(TestingRoom room, RandomHistory history) {
        return new ExpectedRelease(
                room.policy(),
                room.identity(),
                new ScriptedInputs(history),
                BatchReference.totals(room.policy(), history.admitted()));
    }

    private static void produceAll(RandomHistory history) {
        for (String name : List.of("publisher", "advertiser")) {
            RoomTopic.produce(kafka, history.partner(name));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void releases_randomHistory_minusNoiseEqualBatchReference(long seed) throws Exception {
        TestingRoom room = room("seed-" + seed);
        RandomHistory history = RandomHistory.write(room, seed);
        RoomTopic.createAll(kafka, room.policy(), NODE);
        produceAll(history);
        ExpectedRelease expected = expected(room, history);
        JobClient job = start(room, seed % 2 == 0 ? 2 : 1, null);
        try {
            awaitPending(room, job, expected.windows());
            List<PendingRelease> pending = pending(room);
            assertThat(pending).hasSize(expected.windows());
            pending.forEach(expected::check);
            assertThat(rejects(room)).isEmpty();
        } finally {
            job.cancel().get(30, TimeUnit.SECONDS);
        }
    }

    /** Same topics, four runs: the topic holds each window four times with the same bytes. */
    @Test
    void releases_anyParallelismAndRestart_sameBytes(@TempDir Path savepoints) throws Exception {
        TestingRoom room = room("parallel-room");
        RandomHistory history = RandomHistory.write(room, 99);
        RoomTopic.createAll(kafka, room.policy(), NODE);
        ExpectedRelease expected = expected(room, history);
        String savepoint = firstHalf(room, history, savepoints);
        int before = RoomTopic.count(kafka, Topics.pending(room.policy().room(), NODE));
        JobClient restored = start(room, 4, savepoint);
        awaitPending(room, restored, expected.windows());
        restored.cancel().get(30, TimeUnit.SECONDS);
        assertThat(before).isBetween(1, expected.windows() - 1);
        int runs = 1;
        for (int parallelism : new int[] {1, 2, 4}) {
            runs++;
            JobClient job = start(room, parallelism, null);
            awaitPending(room, job, runs * expected.windows());
            job.cancel().get(30, TimeUnit.SECONDS);
        }
        Map<String, Integer> copies = new TreeMap<>();
        for (byte[] value : RoomTopic.values(kafka, Topics.pending(room.policy().room(), NODE))) {
            copies.merge(HexFormat.of().formatHex(value), 1, Integer::sum);
        }
        assertThat(copies).hasSize(expected.windows());
        assertThat(new TreeSet<>(copies.values())).containsExactly(runs);
        pending(room).forEach(expected::check);
    }

    /** Runs the first half of the records and stops in the middle with a savepoint. */
    private String firstHalf(TestingRoom room, RandomHistory history, Path savepoints)
            throws Exception {
        TestingPartner publisher = history.partner("publisher");
        TestingPartner advertiser = history.partner("advertiser");
        RoomTopic.produceRange(kafka, publisher, 0.0, 0.6);
        RoomTopic.produceRange(kafka, advertiser, 0.0, 0.5);
        JobClient job = start(room, 2, null);
        awaitPending(room, job, 1);
        String savepoint =
                job.stopWithSavepoint(
                                false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                        .get(60, TimeUnit.SECONDS);
        RoomTopic.produceRange(kafka, publisher, 0.6, 1.0);
        RoomTopic.produceRange(kafka, advertiser, 0.5, 1.0);
        return savepoint;
    }

    /** One lost event: the next seal of that partition is refused, and the room waits. */
    @Test
    void releases_eventLostInATopic_holdTheRoomAndNameThePartition() throws Exception {
        TestingRoom room = room("lost-room");
        RandomHistory history = RandomHistory.write(room, 7);
        RoomTopic.createAll(kafka, room.policy(), NODE);
        TestingPartner publisher = history.partner("publisher");
        TestingPartner advertiser = history.partner("advertiser");
        RoomTopic.produce(kafka, advertiser);
        RoomTopic.produceWithout(kafka, publisher, 1, firstEvent(publisher, 1));
        JobClient job = start(room, 2, null);
        try {
            Await.until(
                    "a reject",
                    DEADLINE,
                    () -> {
                        requireRunning(job);
                        return !rejects(room).isEmpty();
                    });
            Reject reject = rejects(room).get(0);
            assertThat(reject.partner()).isEqualTo("publisher");
            assertThat(reject.partition()).isEqualTo(1);
            assertThat(reject.reason()).isEqualTo(RejectReason.SEAL_COUNT);
            assertThat(pending(room)).isEmpty();
        } finally {
            job.cancel().get(30, TimeUnit.SECONDS);
        }
    }

    private static int firstEvent(TestingPartner partner, int partition) {
        List<byte[]> records = partner.records(partition);
        for (int i = 0; i < records.size(); i++) {
            if (Codecs.BLINDED_EVENT.matches(records.get(i))) {
                return i;
            }
        }
        throw new IllegalStateException("the partition holds an event");
    }
}
