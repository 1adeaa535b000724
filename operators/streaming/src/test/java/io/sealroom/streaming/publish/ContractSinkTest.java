package io.sealroom.streaming.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.contracts.InMemoryRoom;
import io.sealroom.contracts.PublishOutcome;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomEvent;
import io.sealroom.contracts.Submission;
import io.sealroom.contracts.Word;
import io.sealroom.contracts.WrongChainException;
import io.sealroom.local.parts.Await;
import io.sealroom.schemas.release.PendingRelease;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContractSinkTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final OfferPace FAST = new OfferPace(2, 20, 2, 10_000, 8);

    private final InMemoryRoom room = TestRoom.deploy();
    private final PendingRelease release = TestRoom.release(1);
    private final TestMailbox mailbox = new TestMailbox();
    private final WriterContextStub context = new WriterContextStub(mailbox);
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable writer : opened) {
            writer.close();
        }
    }

    @Test
    void accepted_staysUntilItsBlockIsFinal() throws Exception {
        var writer = writer(room);
        write(writer, release);
        awaitRecorded(release);
        mailbox.tryYield();
        assertThat(state(writer)).hasSize(1);
        awaitSettled(writer);
        assertThat(context.count("offersAccepted")).isEqualTo(1);
    }

    @Test
    void flushAtCheckpoint_endpointAway_doesNotWaitAndKeepsAll() throws Exception {
        room.setAway(true);
        var writer = writer(room);
        write(writer, release);
        write(writer, TestRoom.release(2));
        writer.flush(false);
        assertThat(state(writer))
                .flatExtracting(QuorumOffer::releases)
                .extracting(CheckedPending::releaseHash)
                .containsExactly(release.releaseHash(), TestRoom.release(2).releaseHash());
        room.setAway(false);
        awaitRecorded(TestRoom.release(2));
        awaitSettled(writer);
    }

    @Test
    void flushAtCheckpoint_endpointThatHangs_doesNotWaitAndKeepsAll() throws Exception {
        TestingRoom hanging = new TestingRoom();
        hanging.answering = new CountDownLatch(1);
        var writer = writer(hanging);
        write(writer, release);
        assertThat(hanging.asked.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        write(writer, TestRoom.release(2));
        writer.flush(false);
        assertThat(state(writer)).hasSize(2);
    }

    @Test
    void endOfInput_waitsForAll() throws Exception {
        var writer = writer(room);
        write(writer, release);
        write(writer, TestRoom.release(2));
        ScheduledExecutorService miner = Executors.newSingleThreadScheduledExecutor();
        try {
            var unused = miner.scheduleAtFixedRate(() -> room.mine(1), 0, 5, TimeUnit.MILLISECONDS);
            writer.flush(true);
        } finally {
            miner.shutdownNow();
        }
        assertThat(state(writer)).isEmpty();
        assertThat(room.releaseHash(Words.word(release.document().queryId()), TestRoom.HOUR))
                .contains(Words.word(release.releaseHash()));
    }

    @Test
    void restored_offersWhatWasOpen() throws Exception {
        room.setAway(true);
        var before = writer(room);
        write(before, release);
        List<QuorumOffer> state = state(before);
        before.close();
        room.setAway(false);
        var writer = restored(room, state);
        awaitRecorded(release);
        awaitSettled(writer);
    }

    @Test
    void restoredAfterItWasRecorded_doneAndCounted() throws Exception {
        publish(release);
        var writer = restored(room, List.of(TestRoom.offer(release)));
        awaitSettled(writer);
        assertThat(context.count("offersAlreadyThere")).isEqualTo(1);
        assertThat(events(RoomEvent.Published.class)).isEqualTo(1);
    }

    @Test
    void repeats_offeredOnce() throws Exception {
        var writer = writer(room);
        write(writer, release);
        write(writer, release);
        assertThat(state(writer)).hasSize(1);
        awaitRecorded(release);
        awaitSettled(writer);
        write(writer, release);
        awaitSettled(writer);
        assertThat(events(RoomEvent.Published.class)).isEqualTo(1);
    }

    @Test
    void otherHashOnRecord_leavesAndIsEvidence() throws Exception {
        publish(TestRoom.otherRelease(1));
        var writer = writer(room);
        write(writer, release);
        Await.until("the conflict", DEADLINE, () -> events(RoomEvent.Conflict.class) == 1);
        awaitSettled(writer);
        assertThat(context.count("offersInConflict")).isEqualTo(1);
    }

    @Test
    void refused_staysAndIsOfferedAgainAfterRestart() throws Exception {
        InMemoryRoom strict =
                InMemoryRoom.active(
                        TestRoom.CHAIN_ID, room.location().contract(), strictConfiguration());
        var writer = writer(strict);
        write(writer, release);
        writer.flush(true);
        assertThat(context.count("offersRefused")).isEqualTo(1);
        List<QuorumOffer> state = state(writer);
        assertThat(state).hasSize(1);
        writer.close();
        var mended = restored(room, state);
        awaitRecorded(release);
        awaitSettled(mended);
    }

    @Test
    void refusedList_countsEachReleaseAndStaysWhole() throws Exception {
        var writer = writer(room);
        QuorumOffer unsigned =
                TestRoom.offer(List.of(TestRoom.NODE), release, TestRoom.releaseToo(1));
        ((ContractWriter) writer).write(unsigned);
        writer.flush(true);
        assertThat(context.count("offersRefused")).isEqualTo(2);
        assertThat(state(writer)).containsExactly(unsigned);
    }

    @Test
    void list_recordedInOneTransaction() throws Exception {
        var writer = writer(room);
        write(writer, release, TestRoom.releaseToo(1));
        awaitRecorded(release);
        awaitSettled(writer);
        assertThat(context.count("offersAccepted")).isEqualTo(2);
        assertThat(
                        room.events(0, room.headBlock()).stream()
                                .filter(RoomEvent.Published.class::isInstance)
                                .map(event -> event.at().transaction()))
                .hasSize(2)
                .containsOnly(
                        room.events(0, room.headBlock()).stream()
                                .filter(RoomEvent.Published.class::isInstance)
                                .findFirst()
                                .orElseThrow()
                                .at()
                                .transaction());
    }

    @Test
    void listOfDifferentOutcomes_doneAndCountedEach() throws Exception {
        publish(TestRoom.otherRelease(1));
        var writer = writer(room);
        write(writer, release, TestRoom.releaseToo(1));
        awaitRecorded(TestRoom.releaseToo(1));
        awaitSettled(writer);
        assertThat(context.count("offersInConflict")).isEqualTo(1);
        assertThat(context.count("offersAccepted")).isEqualTo(1);
    }

    @Test
    void budgetShort_doneAndCounted() throws Exception {
        TestingRoom scripted = new TestingRoom();
        scripted.finalBlock = 1;
        scripted.answers.add(
                new Submission.Settled(
                        List.of(
                                new PublishOutcome.Withheld(Word.ZERO),
                                new PublishOutcome.AlreadyThere(Word.ZERO))));
        var writer = writer(scripted);
        write(writer, release, TestRoom.releaseToo(1));
        writer.flush(true);
        assertThat(context.count("offersWithheld")).isEqualTo(1);
        assertThat(context.count("offersAlreadyThere")).isEqualTo(1);
        assertThat(state(writer)).isEmpty();
    }

    @Test
    void sameListWithOtherSignatures_offeredOnce() throws Exception {
        var writer = writer(room);
        write(writer, release);
        ((ContractWriter) writer).write(TestRoom.offer(TestRoom.NODES.subList(1, 3), release));
        assertThat(state(writer)).hasSize(1);
        awaitRecorded(release);
        awaitSettled(writer);
    }

    @Test
    void refused_othersGoOn() throws Exception {
        var writer = writer(room);
        write(writer, TestRoom.release(5_000));
        write(writer, release);
        Await.until(
                "the sound one",
                DEADLINE,
                () -> {
                    room.mine(1);
                    mailbox.tryYield();
                    return state(writer).size() == 1;
                });
        assertThat(context.count("offersRefused")).isEqualTo(1);
        assertThat(context.count("offersAccepted")).isEqualTo(1);
    }

    @Test
    void wrongChain_failsForGoodWithoutAnotherRecord() throws Exception {
        InMemoryRoom wrong =
                InMemoryRoom.deploy(
                        Words.location(TestRoom.IDENTITY),
                        TestRoom.CHAIN_ID + 1,
                        TestRoom.configuration());
        var writer = writer(wrong);
        write(writer, release);
        assertThatThrownBy(mailbox::yield)
                .isInstanceOf(SuppressRestartsException.class)
                .hasCauseInstanceOf(WrongChainException.class);
        assertThatThrownBy(() -> writer.flush(false)).isInstanceOf(SuppressRestartsException.class);
        assertThat(state(writer)).hasSize(1);
    }

    @Test
    void stateOfAnotherRoom_failsForGood() {
        PendingRelease foreign =
                TestRoom.release(TestRoom.identity("0x" + "cd".repeat(20)), 1, 100, "");
        assertThatThrownBy(() -> restored(room, List.of(TestRoom.offer(foreign))))
                .isInstanceOf(SuppressRestartsException.class)
                .hasStackTraceContaining("another room's savepoint");
    }

    @Test
    void resultAfterTheTaskEnded_isNoFailure() throws Exception {
        var writer = writer(room);
        mailbox.close();
        write(writer, release);
        Await.until(
                "a result that no mail announced",
                DEADLINE,
                () -> {
                    room.mine(1);
                    flush(writer);
                    return state(writer).isEmpty();
                });
    }

    @Test
    void contractThatCannotBeOpened_fails() {
        RoomContractFactory none =
                () -> {
                    throw new IOException("no key");
                };
        assertThatThrownBy(() -> new ContractSink(none, FAST).createWriter(context))
                .isInstanceOf(IOException.class);
    }

    @Test
    void paceOutOfRange_refused() {
        assertThatThrownBy(() -> new ContractSink(() -> room, new OfferPace(0, 1, 1, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("firstBackoff");
    }

    @Test
    void defaults_areThese() {
        assertThat(OfferPace.defaults()).isEqualTo(new OfferPace(200, 30_000, 1_000, 60_000, 32));
    }

    /** Takes nothing that fewer than all three nodes signed. */
    private static RoomConfiguration strictConfiguration() {
        RoomConfiguration c = TestRoom.configuration();
        return new RoomConfiguration(
                c.room(),
                c.policyHash(),
                c.start(),
                c.end(),
                c.epochMillis(),
                c.quota(),
                c.semantics(),
                c.finalityDepth(),
                3,
                c.ledger(),
                c.partners(),
                c.nodes(),
                c.queries());
    }

    private static ContractSink sink(RoomContract contract) {
        return new ContractSink(() -> contract, FAST);
    }

    private StatefulSinkWriter<QuorumOffer, QuorumOffer> writer(RoomContract contract)
            throws IOException {
        var writer = sink(contract).createWriter(context);
        opened.add(writer);
        return writer;
    }

    private StatefulSinkWriter<QuorumOffer, QuorumOffer> restored(
            RoomContract contract, List<QuorumOffer> state) throws IOException {
        var writer = sink(contract).restoreWriter(context, state);
        opened.add(writer);
        return writer;
    }

    private static void write(
            StatefulSinkWriter<QuorumOffer, QuorumOffer> writer, PendingRelease... releases) {
        ((ContractWriter) writer).write(TestRoom.offer(releases));
    }

    private static void flush(StatefulSinkWriter<QuorumOffer, QuorumOffer> writer) {
        try {
            writer.flush(false);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<QuorumOffer> state(StatefulSinkWriter<QuorumOffer, QuorumOffer> writer) {
        return ((ContractWriter) writer).snapshotState(1);
    }

    private void publish(PendingRelease pending) {
        room.publish(Offers.of(TestRoom.offer(pending), room.location()));
    }

    private void awaitRecorded(PendingRelease pending) {
        Await.until(
                "a recorded release",
                DEADLINE,
                () -> {
                    try {
                        return room.releaseHash(
                                        Words.word(pending.document().queryId()),
                                        pending.document().start())
                                .isPresent();
                    } catch (IOException e) {
                        return false;
                    }
                });
    }

    private void awaitSettled(StatefulSinkWriter<QuorumOffer, QuorumOffer> writer) {
        Await.until(
                "an empty state",
                DEADLINE,
                () -> {
                    room.mine(1);
                    mailbox.tryYield();
                    return state(writer).isEmpty();
                });
    }

    private long events(Class<? extends RoomEvent> type) {
        try {
            return room.events(0, room.headBlock()).stream().filter(type::isInstance).count();
        } catch (IOException e) {
            throw new IllegalStateException("the room answers", e);
        }
    }
}
