package io.sealroom.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.streaming.testing.TestingPartner;
import io.sealroom.streaming.testing.TestingRoom;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SealedReaderTest {

    private static final String P0 = "small-room.events.publisher-0";
    private static final long NOW = 1_800_000_000_000L;
    private static final String P1 = "small-room.events.publisher-1";

    private final TestingRoom room = TestingRoom.small();
    private final TestingPartner publisher = room.partner("publisher");
    private final PartnerTopic topic = PartnerTopic.of(room.identity(), room.policy(), "publisher");
    private final TestingMetricGroup metrics = new TestingMetricGroup();
    private final List<SealedSplit> fresh = List.of(fresh(0), fresh(1));
    private TestingKafkaReader kafka = new TestingKafkaReader();
    private TestingReaderOutput output = new TestingReaderOutput();
    private SealedReader reader = reader();

    @BeforeEach
    void writeAndScript() {
        publisher.write(0, publisher.events().view("ann", room.minute(1), "news"));
        publisher.write(1, publisher.events().view("bob", room.minute(2), "news"));
        publisher.sealAll(room.minute(10));
        publisher.write(0, publisher.events().view("cid", room.minute(11), "news"));
        script();
    }

    @Test
    void pollNext_freshSplits_startMinusOneBeforeTheFirstRecord() throws Exception {
        reader.addSplits(fresh);
        reader.pollNext(output);
        assertThat(output.drain())
                .containsExactly(
                        "0 watermark " + (room.minute(0) - 1),
                        "1 watermark " + (room.minute(0) - 1),
                        "0 event@" + room.minute(1));
    }

    @Test
    void pollNext_seal_verdictThenWatermarkOfItsSplitAlone() throws Exception {
        reader.addSplits(fresh);
        reader.pollNext(output);
        output.drain();
        reader.pollNext(output);
        assertThat(output.drain())
                .containsExactly(
                        "0 verdict@" + (room.minute(10) - 1),
                        "0 watermark " + (room.minute(10) - 1));
    }

    @Test
    void pollNext_sealOfRoomsEnd_watermarkJustBelowIt() throws Exception {
        publisher.sealAll(room.minute(240));
        script();
        reader.addSplits(fresh);
        drainAll();
        assertThat(output.out)
                .contains(
                        "0 watermark " + (room.minute(240) - 1),
                        "1 watermark " + (room.minute(240) - 1));
    }

    @Test
    void pollNext_refusedSeal_rejectWithoutTimestampOrWatermark() throws Exception {
        publisher.seal(0, room.minute(15));
        script();
        reader.addSplits(fresh);
        drainAll();
        assertThat(output.out).contains("0 SEAL_SLICE");
        assertThat(output.out)
                .filteredOn(line -> line.startsWith("0 watermark"))
                .containsExactly(
                        "0 watermark " + (room.minute(0) - 1),
                        "0 watermark " + (room.minute(10) - 1));
        assertThat(metrics.count("partner.publisher.reason.SEAL_SLICE.rejects")).isEqualTo(1);
        assertThat(metrics.count("partner.publisher.reason.LATE.rejects")).isZero();
        assertThat(metrics.value("partner.publisher.partition.0.sealedUntil"))
                .isEqualTo(room.minute(10));
    }

    @Test
    void metrics_ofAPartition_lastValidSealAndWhatWasRefusedSince() throws Exception {
        reader.addSplits(fresh);
        assertThat(metrics.value("partner.publisher.partition.0.sealedUntil"))
                .isEqualTo(room.minute(0));
        assertThat(metrics.value("partner.publisher.partition.0.sealedAt")).isEqualTo(0L);
        drainAll();
        assertThat(metrics.value("partner.publisher.partition.0.sealedUntil"))
                .isEqualTo(room.minute(10));
        assertThat(metrics.value("partner.publisher.partition.0.sealedAt")).isEqualTo(NOW);
        assertThat(metrics.value("partner.publisher.partition.0.refusedSeals")).isEqualTo(0L);

        publisher.append(0, publisher.records(0).get(1));
        publisher.append(0, Codecs.SEAL.encode(publisher.nextSeal(0, room.minute(15))));
        publisher.append(0, Codecs.SEAL.encode(publisher.nextSeal(0, room.minute(25))));
        restart(UnaryOperator.identity());
        drainAll();
        assertThat(output.out).contains("0 SEAL_REPEATED", "0 SEAL_SLICE");
        assertThat(metrics.value("partner.publisher.partition.0.refusedSeals")).isEqualTo(2L);

        publisher.seal(0, room.minute(20));
        restart(UnaryOperator.identity());
        drainAll();
        assertThat(metrics.value("partner.publisher.partition.0.refusedSeals")).isEqualTo(0L);
        assertThat(metrics.value("partner.publisher.partition.0.sealedUntil"))
                .isEqualTo(room.minute(20));
    }

    @Test
    void restore_allPartitionsSilent_storedWatermarksWithoutAnyRecord() throws Exception {
        reader.addSplits(fresh);
        drainAll();
        restart(UnaryOperator.identity());
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(output.drain())
                .containsExactlyInAnyOrder(
                        "0 watermark " + (room.minute(10) - 1),
                        "1 watermark " + (room.minute(10) - 1));
        reader.pollNext(output);
        assertThat(output.drain()).isEmpty();
    }

    @Test
    void restore_onePartitionASliceAhead_eachAtItsOwnWatermark() throws Exception {
        publisher.seal(1, room.minute(20));
        script();
        reader.addSplits(fresh);
        drainAll();
        restart(UnaryOperator.identity());
        reader.pollNext(output);
        assertThat(output.drain())
                .containsExactlyInAnyOrder(
                        "0 watermark " + (room.minute(10) - 1),
                        "1 watermark " + (room.minute(20) - 1));
    }

    @Test
    void restore_lateEventAfterwards_late() throws Exception {
        reader.addSplits(fresh);
        drainAll();
        publisher.write(0, publisher.events().view("dan", room.minute(9), "news"));
        publisher.write(1, publisher.events().view("eve", room.minute(71), "news"));
        restart(UnaryOperator.identity());
        drainAll();
        assertThat(output.out).contains("0 LATE", "1 TOO_EARLY");
        assertThat(metrics.count("partner.publisher.reason.LATE.rejects")).isEqualTo(1);
    }

    @Test
    void restore_afterEveryRecord_sameRecordsAndNoWatermarkTwiceAhead() throws Exception {
        publisher.sealAll(room.minute(60));
        script();
        reader.addSplits(fresh);
        List<String> whole = withoutRepeats(drainAll());
        restartFresh();
        List<String> pieces = new ArrayList<>();
        reader.addSplits(fresh);
        while (reader.pollNext(output) == InputStatus.MORE_AVAILABLE) {
            pieces.addAll(output.drain());
            restart(SealedReaderTest::throughBytes);
        }
        pieces.addAll(output.drain());
        assertThat(withoutRepeats(pieces)).isEqualTo(whole);
    }

    @Test
    void snapshotState_betweenRecords_progressIsThatOfTheOffset() throws Exception {
        reader.addSplits(fresh);
        for (int taken = 0; taken < publisher.records(0).size(); taken++) {
            SealedSplit split = snapshot(0);
            assertThat(split.progress().chain().count()).isEqualTo(taken);
            // Offsets of the script are even, and the next one is one above the last record's.
            assertThat(split.kafka().getStartingOffset()).isEqualTo(Math.max(0, 2L * taken - 1));
            reader.pollNext(output);
        }
        assertThat(snapshot(0).progress().chain()).isEqualTo(publisher.chain(0));
    }

    @Test
    void addSplits_whileWaitingForRecords_wakesTheTask() throws Exception {
        CompletableFuture<Void> waiting = reader.isAvailable();
        assertThat(waiting).isNotDone();
        reader.addSplits(fresh);
        assertThat(waiting).isDone();
        assertThat(reader.isAvailable()).isDone();
        drainAll();
        assertThat(reader.isAvailable()).isNotDone();
        kafka.available.complete(null);
        assertThat(reader.isAvailable()).isDone();
    }

    @Test
    void isAvailable_recordsArrive_completes() {
        CompletableFuture<Void> waiting = reader.isAvailable();
        kafka.available.complete(null);
        assertThat(waiting).isDone();
    }

    @Test
    void addSplits_ofOtherTopicOrPartition_refused() {
        assertForeignSplitRefused("small-room.events.advertiser", 0);
        assertForeignSplitRefused("small-room.events.publisher", 2);
    }

    @Test
    void releaseOutput_boundedSplitEnds_forwardedAndForgotten() throws Exception {
        reader.addSplits(fresh);
        drainAll();
        kafka.finishAtNextPoll(P1);
        reader.pollNext(output);
        assertThat(output.released).containsExactly(P1);
        assertThat(reader.snapshotState(1)).extracting(SealedSplit::splitId).containsExactly(P0);
    }

    @Test
    void everythingElse_forwarded() throws Exception {
        reader.start();
        reader.notifyNoMoreSplits();
        reader.handleSourceEvents(new SourceEvent() {});
        reader.notifyCheckpointComplete(7);
        reader.notifyCheckpointAborted(8);
        reader.pauseOrResumeSplits(List.of(P0), List.of(P1));
        reader.close();
        assertThat(kafka.calls)
                .containsExactly(
                        "start",
                        "noMoreSplits",
                        "event",
                        "complete 7",
                        "aborted 8",
                        "pause [" + P0 + "] resume [" + P1 + "]",
                        "close");
    }

    @Test
    void pauseOrResumeSplits_bounded_notForwarded() {
        reader(Boundedness.BOUNDED).pauseOrResumeSplits(List.of(P0), List.of(P1));
        assertThat(kafka.calls).isEmpty();
    }

    private SealedReader reader() {
        return reader(Boundedness.CONTINUOUS_UNBOUNDED);
    }

    private SealedReader reader(Boundedness boundedness) {
        return new SealedReader(
                topic, boundedness, kafka, new SourceMetrics(metrics, "publisher", () -> NOW));
    }

    private void script() {
        kafka.script(P0, publisher.records(0));
        kafka.script(P1, publisher.records(1));
    }

    private void restartFresh() {
        kafka = new TestingKafkaReader();
        script();
        output = new TestingReaderOutput();
        reader = reader();
    }

    private void restart(UnaryOperator<SealedSplit> travel) {
        List<SealedSplit> splits = reader.snapshotState(1).stream().map(travel).toList();
        restartFresh();
        reader.addSplits(splits);
    }

    private List<String> drainAll() throws Exception {
        while (reader.pollNext(output) == InputStatus.MORE_AVAILABLE) {}
        return output.out;
    }

    private SealedSplit snapshot(int partition) {
        return reader.snapshotState(1).get(partition);
    }

    private SealedSplit fresh(int partition) {
        return new SealedSplit(
                new KafkaPartitionSplit(new TopicPartition(topic.name(), partition), 0),
                PartitionProgress.start(topic, partition));
    }

    private void assertForeignSplitRefused(String topicName, int partition) {
        SealedSplit split =
                new SealedSplit(
                        new KafkaPartitionSplit(new TopicPartition(topicName, partition), 0),
                        fresh(0).progress());
        assertThatThrownBy(() -> reader.addSplits(List.of(split)))
                .isInstanceOf(SealedSourceException.class)
                .hasMessageContaining(topicName + "-" + partition)
                .hasMessageContaining("2 partitions of topic small-room.events.publisher");
    }

    /** A restored watermark repeats the last one; that is all that may repeat. */
    private static List<String> withoutRepeats(List<String> lines) {
        List<String> first = new ArrayList<>();
        for (String line : lines) {
            if (!line.contains("watermark") || !first.contains(line)) {
                first.add(line);
            }
        }
        return first;
    }

    private static SealedSplit throughBytes(SealedSplit split) {
        SealedSplitSerializer serializer = new SealedSplitSerializer();
        try {
            return serializer.deserialize(serializer.getVersion(), serializer.serialize(split));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
