package io.sealroom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.local.parts.LocalKafka;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.streaming.testing.TestingRoom;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A partner that is hours behind: what the other wrote meanwhile waits in Kafka, not in state.
 *
 * <p>The cluster is set as the package page asks: by Flink's default a reader that is ahead reads
 * on for three comparisons of watermarks before it stops, and only the task manager's own
 * configuration can change that.
 */
class BacklogITCase {

    /** Views in each slice of each partition: a window of them is several fetches. */
    private static final int EVENTS = 100;

    /**
     * A waiting event takes half as much; all that the publisher wrote would be five times more.
     */
    private static final long EVENT_BYTES_MAX = 450;

    private static final long HOUR = 3_600_000;
    private static final int PUBLISHER_READERS = 2;
    private static final int READERS = PUBLISHER_READERS + 1;

    private static final InMemoryReporter REPORTER = InMemoryReporter.create();

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setConfiguration(
                                    REPORTER.addToConfiguration(new Configuration())
                                            .set(
                                                    PipelineOptions.WATERMARK_ALIGNMENT_BUFFER_SIZE,
                                                    0))
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
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

    @Test
    void backlog_advertiserSilentForHours_publisherReadOneWindowAhead(
            @InjectMiniCluster MiniCluster cluster) throws Exception {
        TestingRoom room =
                TestingRoom.small(
                        text ->
                                text.replace("room: small-room", "room: backlog-room")
                                        .replace("threshold: 2", "threshold: 0")
                                        .replace("2026-01-05T04:00:00Z", "2026-01-05T12:00:00Z"));
        Policy policy = room.policy();
        BulkHistory history = BulkHistory.write(room, EVENTS);
        PendingWindows pending =
                new PendingWindows(
                        kafka, room, new ScriptedInputs(history::partner), history.admitted());
        double slices = (double) (policy.endMillis() - policy.startMillis()) / policy.sliceMillis();
        RoomTopic.createAll(kafka, policy, JobRun.NODE);
        try (TopicFeed feed = new TopicFeed(kafka);
                JobRun run =
                        JobRun.start(
                                kafka,
                                room,
                                2,
                                ClusterChoice.of("hashmap")
                                        .checkpointEvery(Duration.ofMillis(100)))) {
            // Before the readers have compared watermarks once, nothing holds them.
            feed.upTo(history.partner("publisher"), 1 / slices);
            feed.upTo(history.partner("advertiser"), 1 / slices);
            run.await(
                    "readers that know their limit",
                    () -> drifts(run).filter(drift -> drift > -HOUR * 24).count() == READERS);
            feed.upTo(history.partner("publisher"), 1.0);
            run.await(
                    "publisher readers at their limit",
                    () -> drifts(run).filter(drift -> drift > 0).count() == PUBLISHER_READERS);
            JobFacts facts = new JobFacts(cluster, run.id());
            long taken = facts.completedCount();
            run.await("checkpoints", () -> facts.completedCount() > taken + 2);

            // The first seal beyond one window, the longest, stops a reader.
            long window = policy.windowLengths().get(policy.windowLengths().size() - 1);
            long readUntil = room.minute(10) + window + policy.sliceMillis();
            assertThat(sealedUntil(run, "publisher"))
                    .hasSize(PUBLISHER_READERS)
                    .allSatisfy(until -> assertThat(until).isLessThanOrEqualTo(readUntil));
            long events =
                    PUBLISHER_READERS
                            * EVENTS
                            * ((readUntil - policy.startMillis()) / policy.sliceMillis());
            assertThat(facts.stateSize()).isLessThan(events * EVENT_BYTES_MAX);

            feed.upTo(history.partner("advertiser"), 1.0);
            run.await("all windows", pending::isComplete);
        }
        pending.check();
    }

    /** By how much readers are beyond their limit, milliseconds. */
    private static Stream<Long> drifts(JobRun run) {
        return numbers(run, ".*watermarkAlignmentDrift");
    }

    private static List<Long> sealedUntil(JobRun run, String partner) {
        return numbers(run, ".*partner." + partner + ".*sealedUntil").toList();
    }

    private static Stream<Long> numbers(JobRun run, String pattern) {
        return REPORTER.findMetrics(run.id(), pattern).values().stream()
                .map(metric -> ((Number) ((Gauge<?>) metric).getValue()).longValue());
    }
}
