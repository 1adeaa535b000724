package io.sealroom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.local.parts.LocalKafka;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Reject;
import io.sealroom.schemas.record.RejectReason;
import io.sealroom.streaming.source.SealedSourceException;
import io.sealroom.streaming.testing.TestingPartner;
import io.sealroom.streaming.testing.TestingRoom;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.ExceptionUtils;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
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

    private static List<Reject> rejects(TestingRoom room) {
        return RoomTopic.read(
                kafka, Topics.rejects(room.policy().room(), JobRun.NODE), Codecs.REJECT);
    }

    private static void produceAll(RandomHistory history) {
        for (String name : List.of("publisher", "advertiser")) {
            RoomTopic.produce(kafka, history.partner(name));
        }
    }

    /** Two epochs of two hours, touches of the one before count, every model of noise. */
    private static TestingRoom lookBackRoom(String name) {
        return TestingRoom.small(
                text ->
                        text.replace("room: small-room", "room: " + name)
                                .replace("threshold: 2", "threshold: 0")
                                .replace("epoch: P28D", "epoch: PT2H\nlookbackEpochs: 1")
                                .replace("Lookback: P1D", "Lookback: PT2H")
                                .replace("LAST_TOUCH", "TIME_DECAY\n    halfLife: PT20M")
                                .replace("cells: \"2\"}", "caps: \"1\"}\n    rho: {cells: \"0.5\"}")
                                .replace(
                                        "value: \"1\"}",
                                        "caps: \"1\"}\n    rho: {value: \"0.5\"}"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void releases_randomHistory_minusNoiseEqualBatchReference(long seed) throws Exception {
        requireAsBatchReference(room("seed-" + seed), seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void releases_lookBackOverEpochs_minusNoiseEqualBatchReference(long seed) throws Exception {
        requireAsBatchReference(lookBackRoom("seed-" + seed), seed);
    }

    private static void requireAsBatchReference(TestingRoom room, long seed) throws Exception {
        RandomHistory history = RandomHistory.write(room, seed);
        RoomTopic.createAll(kafka, room.policy(), JobRun.NODE);
        produceAll(history);
        PendingWindows pending = new PendingWindows(kafka, room, history);
        try (JobRun run =
                JobRun.start(kafka, room, seed % 2 == 0 ? 2 : 1, ClusterChoice.of("hashmap"))) {
            run.await("all windows", pending::isComplete);
        }
        assertThat(pending.records()).isEqualTo(pending.expected());
        pending.check();
        assertThat(rejects(room)).isEmpty();
    }

    /** Else it would restart for ever, once a window is too large. */
    @Test
    void pendingTopicThatIsTooSmallForTheLargestRelease_refusedForGood() throws Exception {
        TestingRoom room = room("cramped-room");
        RoomTopic.createEvents(kafka, room.policy());
        String pending = Topics.pending(room.policy().room(), JobRun.NODE);
        kafka.createTopic(pending, 1, Map.of("retention.ms", "-1", "max.message.bytes", "1000"));
        try (JobRun run = JobRun.start(kafka, room, 1, ClusterChoice.of("hashmap"))) {
            assertThatThrownBy(run::awaitFailure)
                    .satisfies(
                            thrown ->
                                    assertThat(
                                                    ExceptionUtils.findThrowable(
                                                            thrown, SealedSourceException.class))
                                            .get(InstanceOfAssertFactories.THROWABLE)
                                            .hasMessageContaining(
                                                    "topic %s has max.message.bytes=1000, the"
                                                            + " policy's largest release needs %d",
                                                    pending,
                                                    Topics.releaseBytesNeeded(room.policy())));
        }
    }

    /** One lost event: the next seal of that partition is refused, and the room waits. */
    @Test
    void releases_eventLostInATopic_holdTheRoomAndNameThePartition() throws Exception {
        TestingRoom room = room("lost-room");
        RandomHistory history = RandomHistory.write(room, 7);
        RoomTopic.createAll(kafka, room.policy(), JobRun.NODE);
        TestingPartner publisher = history.partner("publisher");
        TestingPartner advertiser = history.partner("advertiser");
        RoomTopic.produce(kafka, advertiser);
        RoomTopic.produceWithout(kafka, publisher, 1, firstEvent(publisher, 1));
        try (JobRun run = JobRun.start(kafka, room, 2, ClusterChoice.of("hashmap"))) {
            run.await(
                    "the first seal's reject",
                    () ->
                            rejects(room).stream()
                                    .anyMatch(it -> it.reason() == RejectReason.SEAL_COUNT));
            // Two sinks write them: their order on the topic is not that of the partition.
            List<Reject> rejects = rejects(room);
            assertThat(rejects)
                    .allSatisfy(
                            it -> {
                                assertThat(it.partner()).isEqualTo("publisher");
                                assertThat(it.partition()).isEqualTo(1);
                            });
            Reject first =
                    rejects.stream().min(Comparator.comparingLong(Reject::offset)).orElseThrow();
            assertThat(first.reason()).isEqualTo(RejectReason.SEAL_COUNT);
            assertThat(new PendingWindows(kafka, room, history).records()).isZero();
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
