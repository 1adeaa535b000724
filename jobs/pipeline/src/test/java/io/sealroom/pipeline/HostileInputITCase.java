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
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.streaming.testing.TestingRoom;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hostile records among an honest history, through the whole computation. */
class HostileInputITCase {

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static final String NODE = "node-one";
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final TestingRoom room =
            TestingRoom.small(
                    text ->
                            text.replace("room: small-room", "room: hostile-room")
                                    .replace("threshold: 2", "threshold: 0"));

    /**
     * The job has no restart strategy: an exception anywhere ends it. Rejects are exactly those
     * that are expected, and the releases those of what was admitted.
     */
    @Test
    void releases_hostileRecordsAmongHonestOnes_equalReferenceOverWhatWasAdmitted()
            throws Exception {
        HostileHistory history = HostileHistory.write(room);
        ExpectedRelease expected =
                new ExpectedRelease(
                        room.policy(),
                        room.identity(),
                        history,
                        BatchReference.totals(room.policy(), history.admitted()));
        try (LocalKafka kafka = LocalKafka.start()) {
            RoomTopic.createAll(kafka, room.policy(), NODE);
            for (String partner : List.of("publisher", "advertiser")) {
                RoomTopic.produce(kafka, history.partner(partner));
            }
            JobClient job = start(kafka);
            String pending = Topics.pending(room.policy().room(), NODE);
            String rejects = Topics.rejects(room.policy().room(), NODE);
            await(kafka, job, pending, expected.windows());
            await(kafka, job, rejects, history.rejects().size());

            List<PendingRelease> releases = RoomTopic.read(kafka, pending, Codecs.PENDING_RELEASE);
            assertThat(releases).hasSize(expected.windows());
            releases.forEach(expected::check);
            List<Reject> written = RoomTopic.read(kafka, rejects, Codecs.REJECT);
            assertThat(written).containsExactlyInAnyOrderElementsOf(history.rejects());
            assertThat(RoomTopic.values(kafka, rejects)).noneMatch(HostileInputITCase::hasPayload);
            assertThat(RoomTopic.count(kafka, Topics.withheld(room.policy().room(), NODE)))
                    .isZero();
            job.cancel().get(30, TimeUnit.SECONDS);
        }
    }

    private static boolean hasPayload(byte[] value) {
        return new String(value, StandardCharsets.ISO_8859_1)
                .contains(HostileHistory.PAYLOAD.substring(0, 8));
    }

    private JobClient start(LocalKafka kafka) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(2);
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
        return env.executeAsync("hostile input");
    }

    private static void await(LocalKafka kafka, JobClient job, String topic, int count) {
        Await.until(
                count + " records on " + topic,
                DEADLINE,
                () -> {
                    requireRunning(job);
                    return RoomTopic.count(kafka, topic) >= count;
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
}
