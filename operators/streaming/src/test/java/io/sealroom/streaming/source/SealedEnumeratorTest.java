package io.sealroom.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.streaming.testing.TestingRoom;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.util.FlinkRuntimeException;
import org.junit.jupiter.api.Test;

final class SealedEnumeratorTest {

    private static final int PARTITIONS = 5;
    private static final TopicFacts FACTS =
            new TopicFacts(
                    "delete",
                    -1,
                    -1,
                    "uncompressed",
                    1_048_588,
                    zeros(),
                    List.of(10L, 11L, 12L, 13L, 14L));

    private final PartnerTopic topic = topic("wide-room");

    @Test
    void start_everyParallelismUpToPartitions_partitionModuloParallelism() throws Exception {
        for (int parallelism = 1; parallelism <= PARTITIONS; parallelism++) {
            TestingEnumeratorContext context = new TestingEnumeratorContext(parallelism);
            run(topic, context);
            int readers = parallelism;
            assertThat(partitions(context))
                    .isEqualTo(
                            IntStream.range(0, readers)
                                    .boxed()
                                    .collect(
                                            Collectors.toMap(
                                                    reader -> reader,
                                                    reader -> congruent(reader, readers))));
        }
    }

    @Test
    void start_anyTopicName_noReaderWithoutSplit() throws Exception {
        for (int i = 0; i < 100; i++) {
            TestingEnumeratorContext context = new TestingEnumeratorContext(4);
            run(topic("room-" + i), context);
            assertThat(partitions(context))
                    .isEqualTo(
                            Map.of(0, List.of(0, 4), 1, List.of(1), 2, List.of(2), 3, List.of(3)));
        }
    }

    @Test
    void start_fresh_splitsBeginAtOffsetZeroBeforeAnySeal() throws Exception {
        TestingEnumeratorContext context = new TestingEnumeratorContext(1);
        run(topic, context);
        for (SealedSplit split : context.assignedTo(0)) {
            int partition = split.kafka().getPartition();
            assertThat(split.kafka().getTopic()).isEqualTo("wide-room.events.publisher");
            assertThat(split.kafka().getStartingOffset()).isZero();
            assertThat(split.kafka().getStoppingOffset()).isEmpty();
            assertThat(split.progress()).isEqualTo(PartitionProgress.start(topic, partition));
        }
        assertThat(context.noMoreSplits).isEmpty();
    }

    @Test
    void start_bounded_splitsEndAtLastCommittedRecordAndReadersMayFinish() throws Exception {
        TestingEnumeratorContext context = new TestingEnumeratorContext(2);
        context.register(0);
        context.register(1);
        SealedEnumerator enumerator =
                enumerator(
                        topic,
                        Boundedness.BOUNDED,
                        context,
                        () -> FACTS,
                        SealedEnumeratorState.initial(topic));
        enumerator.start();
        context.runCalls();
        assertThat(context.assignedTo(1))
                .extracting(split -> split.kafka().getStoppingOffset().orElseThrow())
                .containsExactly(11L, 13L);
        assertThat(context.noMoreSplits).containsExactly(0, 1);
    }

    @Test
    void start_moreReadersThanPartitions_refusedForGood() {
        SealedEnumerator enumerator =
                enumerator(new TestingEnumeratorContext(PARTITIONS + 1), () -> FACTS);
        assertThatThrownBy(enumerator::start)
                .isInstanceOf(SealedSourceException.class)
                .hasMessageContaining("partner publisher must be at most its 5 partitions, got 6");
    }

    @Test
    void start_unfitTopic_refusedForGoodAndNothingAssigned() {
        TestingEnumeratorContext context = new TestingEnumeratorContext(1);
        context.register(0);
        SealedEnumerator enumerator =
                enumerator(
                        context,
                        () ->
                                new TopicFacts(
                                        "compact",
                                        -1,
                                        -1,
                                        "uncompressed",
                                        1_048_588,
                                        zeros(),
                                        zeros()));
        enumerator.start();
        assertThatThrownBy(context::runCalls)
                .isInstanceOf(SealedSourceException.class)
                .hasMessageContaining("cleanup.policy=compact");
        assertThat(context.assigned).isEmpty();
    }

    @Test
    void start_kafkaAway_failsSoThatARestartMayHelp() {
        TestingEnumeratorContext context = new TestingEnumeratorContext(1);
        SealedEnumerator enumerator =
                enumerator(
                        context,
                        () -> {
                            throw new IOException("nobody answers");
                        });
        enumerator.start();
        assertThatThrownBy(context::runCalls)
                .isInstanceOf(FlinkRuntimeException.class)
                .isNotInstanceOf(SealedSourceException.class)
                .hasRootCauseMessage("nobody answers");
    }

    @Test
    void addReader_beforeAndAfterInspection_servedOnce() throws Exception {
        TestingEnumeratorContext context = new TestingEnumeratorContext(2);
        SealedEnumerator enumerator = enumerator(context, () -> FACTS);
        enumerator.start();
        context.register(0);
        enumerator.addReader(0);
        assertThat(context.assigned).isEmpty();
        context.runCalls();
        assertThat(partitions(context)).containsOnlyKeys(0);
        context.register(1);
        enumerator.addReader(1);
        assertThat(partitions(context)).isEqualTo(Map.of(0, List.of(0, 2, 4), 1, List.of(1, 3)));
        assertThat(enumerator.snapshotState(1).unassigned()).isEmpty();
    }

    @Test
    void addSplitsBack_failedReader_getsItsOwnAgain() throws Exception {
        TestingEnumeratorContext context = new TestingEnumeratorContext(2);
        SealedEnumerator enumerator = run(topic, context);
        List<SealedSplit> lost = List.copyOf(context.assignedTo(1));
        context.assigned.clear();
        enumerator.addSplitsBack(lost, 1);
        assertThat(context.assigned).containsOnlyKeys(1);
        assertThat(context.assignedTo(1)).isEqualTo(lost);
    }

    @Test
    void restore_everythingAssigned_assignsNothingAgain() throws Exception {
        SealedEnumeratorState state = run(topic, new TestingEnumeratorContext(2)).snapshotState(1);
        TestingEnumeratorContext context = new TestingEnumeratorContext(3);
        IntStream.range(0, 3).forEach(context::register);
        SealedEnumerator restored =
                enumerator(topic, Boundedness.CONTINUOUS_UNBOUNDED, context, () -> FACTS, state);
        restored.start();
        context.runCalls();
        assertThat(state.started()).isTrue();
        assertThat(context.assigned).isEmpty();
    }

    @Test
    void restore_beforeInspection_startsFresh() throws Exception {
        SealedEnumerator enumerator = enumerator(new TestingEnumeratorContext(1), () -> FACTS);
        enumerator.start();
        SealedEnumeratorState state = enumerator.snapshotState(1);
        TestingEnumeratorContext context = new TestingEnumeratorContext(1);
        context.register(0);
        SealedEnumerator restored =
                enumerator(topic, Boundedness.CONTINUOUS_UNBOUNDED, context, () -> FACTS, state);
        restored.start();
        context.runCalls();
        assertThat(context.assignedTo(0)).hasSize(PARTITIONS);
    }

    @Test
    void restore_firstRecordsDeletedMeanwhile_goesOn() throws Exception {
        SealedEnumeratorState state = run(topic, new TestingEnumeratorContext(1)).snapshotState(1);
        TestingEnumeratorContext context = new TestingEnumeratorContext(1);
        TopicFacts trimmed =
                new TopicFacts(
                        "delete",
                        -1,
                        -1,
                        "uncompressed",
                        1_048_588,
                        List.of(9L, 9L, 9L, 9L, 9L),
                        FACTS.ends());
        SealedEnumerator restored =
                enumerator(topic, Boundedness.CONTINUOUS_UNBOUNDED, context, () -> trimmed, state);
        restored.start();
        context.runCalls();
        assertThat(restored.snapshotState(2).started()).isTrue();
    }

    @Test
    void restore_stateOfOtherRoomOrContract_refused() throws Exception {
        SealedEnumeratorState state =
                run(topic("other-room"), new TestingEnumeratorContext(1)).snapshotState(1);
        assertThatThrownBy(
                        () ->
                                enumerator(
                                        topic,
                                        Boundedness.CONTINUOUS_UNBOUNDED,
                                        new TestingEnumeratorContext(1),
                                        () -> FACTS,
                                        state))
                .isInstanceOf(SealedSourceException.class)
                .hasMessageContaining("another room, contract or policy");
        RoomIdentity onOtherChain =
                new RoomIdentity(
                        1,
                        topic.identity().contract(),
                        topic.identity().room(),
                        topic.identity().policyHash());
        assertThat(
                        SealedEnumeratorState.roomOf(
                                PartnerTopic.of(onOtherChain, topic.policy(), "publisher")))
                .isNotEqualTo(SealedEnumeratorState.roomOf(topic));
    }

    private SealedEnumerator enumerator(
            TestingEnumeratorContext context, Callable<TopicFacts> inspection) {
        return enumerator(
                topic,
                Boundedness.CONTINUOUS_UNBOUNDED,
                context,
                inspection,
                SealedEnumeratorState.initial(topic));
    }

    private static SealedEnumerator enumerator(
            PartnerTopic topic,
            Boundedness boundedness,
            TestingEnumeratorContext context,
            Callable<TopicFacts> inspection,
            SealedEnumeratorState state) {
        return new SealedEnumerator(topic, boundedness, context, inspection, state);
    }

    private static SealedEnumerator run(PartnerTopic topic, TestingEnumeratorContext context) {
        SealedEnumerator enumerator =
                enumerator(
                        topic,
                        Boundedness.CONTINUOUS_UNBOUNDED,
                        context,
                        () -> FACTS,
                        SealedEnumeratorState.initial(topic));
        IntStream.range(0, context.currentParallelism()).forEach(context::register);
        enumerator.start();
        context.runCalls();
        return enumerator;
    }

    private static Map<Integer, List<Integer>> partitions(TestingEnumeratorContext context) {
        return context.assigned.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                entry ->
                                        entry.getValue().stream()
                                                .map(split -> split.kafka().getPartition())
                                                .toList()));
    }

    private static List<Integer> congruent(int reader, int readers) {
        return IntStream.range(0, PARTITIONS).filter(p -> p % readers == reader).boxed().toList();
    }

    private static List<Long> zeros() {
        return List.of(0L, 0L, 0L, 0L, 0L);
    }

    private static PartnerTopic topic(String name) {
        TestingRoom room =
                TestingRoom.small(
                        text ->
                                text.replace("room: small-room", "room: " + name)
                                        .replace("partitions: 2", "partitions: " + PARTITIONS));
        Policy policy = room.policy();
        return PartnerTopic.of(room.identity(), policy, "publisher");
    }
}
