package io.sealroom.partner.kit;

import static io.sealroom.partner.room.TestRoom.HOUR;
import static io.sealroom.partner.room.TestRoom.SLICE;
import static io.sealroom.partner.room.TestRoom.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.local.parts.Await;
import io.sealroom.local.parts.LocalKafka;
import io.sealroom.partner.TopicAudit;
import io.sealroom.partner.event.EventField;
import io.sealroom.partner.event.EventRejectReason;
import io.sealroom.partner.event.TestPolicies;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.room.TestRoom;
import io.sealroom.partner.seal.SealStore;
import io.sealroom.partner.topic.TopicRecords;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class BlindedEventProducerITCase {

    private static final long MINUTE = 60_000;
    private static final SendOutcome LATE =
            new SendOutcome.Rejected(EventField.EVENT_TIME, EventRejectReason.LATE);

    private final LocalKafka kafka;

    BlindedEventProducerITCase() throws IOException {
        kafka = LocalKafka.start();
    }

    @AfterAll
    void stopBroker() {
        kafka.close();
    }

    @Test
    void send_eventsOfSeveralSlices_areSentOnceAndSealedByTheClock(@TempDir Path state)
            throws Exception {
        try (TestProducer producer = TestProducer.of(kafka, TestRoom.live("slices"), state)) {
            producer.clock.set(START + MINUTE);
            producer.start();
            List<CompletableFuture<SendOutcome>> sent = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                sent.add(producer.send("v" + i, START + i * MINUTE));
            }
            producer.flush();

            assertThat(sent).allSatisfy(TestProducer::assertSent);
            assertThat(producer.send("v7", START + 7 * MINUTE))
                    .isCompletedWithValue(new SendOutcome.AlreadySent());
            producer.clock.set(producer.due(1) - 1);
            // The writer looks at the clock between the two.
            TestProducer.assertSent(producer.send("v40", START + 40 * MINUTE));
            TestProducer.assertSent(producer.send("v41", START + 41 * MINUTE));
            assertThat(producer.sealedUntil()).isEqualTo(START);

            producer.clock.set(producer.due(1));
            producer.awaitSealed(1);
            assertThat(producer.send("late", START + SLICE - 1)).isCompletedWithValue(LATE);
            assertThat(producer.send("v7", START + 7 * MINUTE))
                    .isCompletedWithValue(new SendOutcome.AlreadySent());
            TestProducer.assertSent(producer.send("intime", START + SLICE));

            producer.clock.set(TestRoom.END + HOUR);
            producer.awaitSealed(18);
            assertThat(producer.metric("sealroom_agent_writer_events_sent")).isEqualTo(43);
            assertThat(producer.metric("sealroom_agent_writer_events_already_sent")).isEqualTo(2);
            assertThat(producer.metric("sealroom_agent_writer_events_rejected", "LATE")).isOne();
            assertThat(producer.metric("sealroom_agent_writer_transactions")).isBetween(4.0, 43.0);
            // Shown after the last read-back, which follows the last seal.
            Await.until(
                    "no lag",
                    TestProducer.PATIENCE,
                    () -> producer.metric("sealroom_agent_writer_seal_lag_seconds") == 0);
            producer.stop();
            assertThat(state.resolve("sent.journal")).isEmptyFile();
            TopicAudit audit = producer.audit();
            assertThat(audit.events()).hasSize(43);
            assertThat(audit.seals())
                    .hasSize(36)
                    .allMatch(seal -> seal.to() - seal.from() == SLICE);
        }
    }

    @Test
    void send_furtherAheadThanAllowed_waitsForTheSealsAndOthersGoOn(@TempDir Path state)
            throws Exception {
        try (TestProducer producer = TestProducer.of(kafka, TestRoom.live("ahead"), state)) {
            producer.start();
            CompletableFuture<SendOutcome> ahead = producer.send("ahead", START + HOUR + 1);
            TestProducer.assertSent(producer.send("other", START + HOUR));

            assertThat(ahead).isNotDone();
            producer.clock.set(producer.due(1));
            TestProducer.assertSent(ahead);
            assertThat(producer.sealedUntil()).isEqualTo(START + SLICE);
        }
    }

    @Test
    void send_partnerAway_holdsTheSealAndLosesNothing(@TempDir Path state) throws Exception {
        try (TestProducer producer = TestProducer.of(kafka, TestRoom.live("away"), state)) {
            producer.start();
            CompletableFuture<SendOutcome> waiting =
                    producer.send("w", "away-ann@example.org", START);
            producer.clock.set(producer.due(1) + MINUTE);
            producer.awaitHeld(1);
            // Cached ones go on. Once the second is sent, the gate has been looked at after the
            // first, and so at this time: the slice is held up from here on.
            TestProducer.assertSent(producer.send("cached", START + SLICE));
            TestProducer.assertSent(producer.send("cached-too", START + SLICE + 2));

            assertThat(waiting).isNotDone();
            assertThat(producer.sealedUntil()).isEqualTo(START);
            assertThat(producer.metric("sealroom_agent_writer_events_waiting_for_tokens")).isOne();
            producer.clock.set(producer.due(1) + 2 * MINUTE);
            TestProducer.assertSent(producer.send("more", START + SLICE + 1));
            producer.tokens.comeBack();
            TestProducer.assertSent(waiting);
            // What the source held back meanwhile is not late.
            TestProducer.assertSent(producer.send("held-back", START + 1));
            assertThat(producer.sealedUntil()).isEqualTo(START);

            producer.seal(3);
            assertThat(producer.audit().events()).hasSize(5);
        }
    }

    @Test
    void send_tokenRefused_isRejectedAndHoldsNothing(@TempDir Path state) throws Exception {
        try (TestProducer producer = TestProducer.of(kafka, TestRoom.live("refused"), state)) {
            producer.start();

            assertThat(producer.send("r", "refused-ann@example.org", START))
                    .succeedsWithin(TestProducer.PATIENCE)
                    .isEqualTo(
                            new SendOutcome.Rejected(
                                    EventField.IDENTIFIER, EventRejectReason.TOKEN_REFUSED));
            TestProducer.assertSent(producer.send("b", "busy-bob@example.org", START));
            producer.clock.set(producer.due(1));
            producer.awaitSealed(1);
        }
    }

    private enum Moment {
        NOTED,
        COMMITTED,
        SEALS_STORED,
        FIRST_SEAL_SENT
    }

    /** Dies at a moment; nothing after it happens. */
    private static final class DyingAt implements WriterObserver {
        private final Moment moment;

        DyingAt(Moment moment) {
            this.moment = moment;
        }

        @Override
        public void noted(int partition) {
            dieAt(Moment.NOTED);
        }

        @Override
        public void committed(int partition) {
            dieAt(Moment.COMMITTED);
        }

        @Override
        public void sealsStored(long from, long to) {
            dieAt(Moment.SEALS_STORED);
        }

        @Override
        public void sealSent(int partition, long to) {
            dieAt(Moment.FIRST_SEAL_SENT);
        }

        private void dieAt(Moment now) {
            if (now == moment) {
                throw new IllegalStateException("died");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void start_afterACrash_goesOnWhereTheTopicStandsAndLosesNothing(
            Moment moment, @TempDir Path state) throws Exception {
        String name = "crash-" + moment.name().toLowerCase(Locale.ROOT).replace('_', '-');
        try (TestProducer producer = TestProducer.of(kafka, TestRoom.live(name), state)) {
            producer.start(new DyingAt(moment));
            List<CompletableFuture<SendOutcome>> first = producer.sendMany(20);
            producer.clock.set(producer.due(1));
            assertThat(producer.failure()).hasMessageContaining("died");
            List<Bytes> stored =
                    new SealStore(state).load().map(step -> step.seals()).orElse(List.of());

            producer.clock.set(producer.due(3));
            producer.start();
            List<CompletableFuture<SendOutcome>> again = producer.sendMany(20);
            producer.flush();
            producer.seal(3);

            for (int i = 0; i < first.size(); i++) {
                boolean told = !first.get(i).isCompletedExceptionally();
                SendOutcome outcome = again.get(i).get();
                assertThat(outcome)
                        .isInstanceOfAny(SendOutcome.Sent.class, SendOutcome.AlreadySent.class);
                assertThat(told && outcome instanceof SendOutcome.Sent).isFalse();
            }
            if (moment == Moment.NOTED) {
                assertThat(again).allSatisfy(TestProducer::assertSent);
            } else {
                assertThat(again)
                        .anySatisfy(
                                outcome ->
                                        assertThat(outcome)
                                                .isCompletedWithValue(
                                                        new SendOutcome.AlreadySent()));
            }
            TopicAudit audit = producer.audit();
            assertThat(audit.events()).hasSize(20);
            assertThat(audit.values()).containsAll(stored);
            assertThat(stored.isEmpty()).isEqualTo(moment.compareTo(Moment.COMMITTED) <= 0);
        }
    }

    /** Dies when it has been told so many times how far the writer is. */
    private static final class DyingAfter implements WriterObserver {
        private int left;

        DyingAfter(int left) {
            this.left = left;
        }

        @Override
        public void noted(int partition) {
            step();
        }

        @Override
        public void committed(int partition) {
            step();
        }

        @Override
        public void sealsStored(long from, long to) {
            step();
        }

        @Override
        public void sealSent(int partition, long to) {
            step();
        }

        private void step() {
            if (left-- == 0) {
                throw new IllegalStateException("died");
            }
        }
    }

    /** {@code -Dsealroom.kit.lives=N}, at most 16, and {@code -Dsealroom.kit.seed=S}. */
    @Test
    void start_afterCrashesAtRandomMoments_losesAndRepeatsNothing(@TempDir Path state)
            throws Exception {
        long seed = Long.getLong("sealroom.kit.seed", System.nanoTime());
        int lives = Integer.getInteger("sealroom.kit.lives", 6);
        Random random = new Random(seed);
        Map<String, Long> untold = new HashMap<>();
        int events = 0;
        try (TestProducer producer = TestProducer.of(kafka, TestRoom.live("lives"), state)) {
            for (int life = 0; life <= lives; life++) {
                long now = producer.clock.millis();
                for (int i = 0; i < 12; i++) {
                    untold.put("v" + events++, now + random.nextInt((int) SLICE));
                }
                boolean last = life == lives;
                boolean survived =
                        producer.lives(
                                last ? new WriterObserver() {} : new DyingAfter(random.nextInt(14)),
                                untold);
                assertThat(survived || !last).as("seed %d", seed).isTrue();
            }

            assertThat(untold).as("seed %d", seed).isEmpty();
            assertThat(producer.audit().events()).as("seed %d", seed).hasSize(events);
        }
    }

    @Test
    void start_afterACrashInsideATransaction_sendsItsEventsAgain(@TempDir Path state)
            throws Exception {
        try (TestProducer producer = TestProducer.of(kafka, TestRoom.live("inside"), state)) {
            producer.start(new DyingAt(Moment.NOTED));
            CompletableFuture<SendOutcome> first = producer.send("v0", START);
            assertThat(producer.failure()).hasMessageContaining("died");
            assertThat(first).isCompletedExceptionally();
            int partition = producer.partitionOf("v0");

            // Written, noted, and not committed: as the dead process would have left it.
            try (AutoCloseable open = producer.openTransaction(partition, producer.record("v0"))) {
                producer.start();
                TestProducer.assertSent(producer.send("v0", START));
                assertThat(open).isNotNull();
            }
            producer.clock.set(producer.due(1));
            producer.awaitSealed(1);
            assertThat(producer.committed(partition)).hasSize(2);
        }
    }

    @Test
    void start_strangersRecordNotSealed_isAnAlarmAndNothingIsSealed(@TempDir Path state)
            throws Exception {
        try (TestProducer producer = TestProducer.of(kafka, TestRoom.live("stranger"), state)) {
            TopicRecords.intrude(
                    kafka.bootstrapServers(), "stranger.events.publisher", 1, foreignEvent());

            assertThatThrownBy(producer::start)
                    .isInstanceOfSatisfying(
                            AgentException.class,
                            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.ALARM))
                    .hasMessageContaining("partition 1, offset 0: UNEXPECTED_RECORD");
            assertThat(producer.committed(1)).hasSize(1);
        }
    }

    @Test
    void seal_strangersRecord_isAnAlarmAndFailsWhatComes(@TempDir Path state) throws Exception {
        try (TestProducer producer = TestProducer.of(kafka, TestRoom.live("landed"), state)) {
            producer.start();
            TestProducer.assertSent(producer.send("v0", START));
            TopicRecords.intrude(
                    kafka.bootstrapServers(), "landed.events.publisher", 0, foreignEvent());
            producer.clock.set(producer.due(1));

            AgentException failure = producer.failure();
            assertThat(failure).hasMessageContaining("UNEXPECTED_RECORD");
            assertThat(failure.exitCode()).isEqualTo(ExitCode.ALARM);
            assertThat(producer.sealedUntil()).isEqualTo(START);
            assertThat(producer.metric("sealroom_agent_writer_alarm")).isOne();
            assertThatThrownBy(() -> producer.send("v1", START).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCause(failure);
        }
    }

    @Test
    void start_second_endsTheFirstWithAClearFailure(@TempDir Path state) throws Exception {
        TestRoom room = TestRoom.live("fenced");
        try (TestProducer first = TestProducer.of(kafka, room, state);
                TestProducer second = TestProducer.of(kafka, room, state)) {
            first.start();
            CompletableFuture<Void> closed = first.closedByItsFailure();
            TestProducer.assertSent(first.send("v0", START));
            second.start();

            assertThatThrownBy(() -> first.send("v1", START).get())
                    .hasMessageContaining("another agent of this partner has taken over");
            assertThat(closed).succeedsWithin(TestProducer.PATIENCE);
            assertThat(second.send("v0", START))
                    .isCompletedWithValue(new SendOutcome.AlreadySent());
            TestProducer.assertSent(second.send("v1", START));
            second.clock.set(second.due(1));
            second.awaitSealed(1);
        }
    }

    @Test
    void close_eventsWithoutTokens_failsThemAndSendsTheOthers(@TempDir Path state)
            throws Exception {
        try (TestProducer producer = TestProducer.of(kafka, TestRoom.live("closing"), state)) {
            producer.start();
            CompletableFuture<SendOutcome> waiting =
                    producer.send("w", "away-ann@example.org", START);
            CompletableFuture<SendOutcome> sent = producer.send("v0", START);
            producer.stop();

            TestProducer.assertSent(sent);
            assertThatThrownBy(() -> waiting.get(1, TimeUnit.SECONDS))
                    .hasMessageContaining("the producer is closed");
            assertThatThrownBy(() -> producer.send("v1", START).get())
                    .hasMessageContaining("the producer is closed");
            assertThat(producer.committed(0).size() + producer.committed(1).size()).isOne();
        }
    }

    @Test
    void send_conversionsWithLookback_carryTheTokensOfBothEpochs(@TempDir Path state)
            throws Exception {
        TestRoom room = TestRoom.live("lookback");
        Policy policy = TestPolicies.withLookback(room.policy(), 1, HOUR);
        Membership buyer =
                Membership.of(policy, room.roomFile(), room.keys("advertiser"), "advertiser");
        try (TestProducer producer = TestProducer.of(kafka, room, buyer, state)) {
            producer.start();
            TestProducer.assertSent(producer.sendConversion("c0", START));
            TestProducer.assertSent(producer.sendConversion("c1", START + HOUR));

            long epoch = policy.firstEpoch();
            Token first = TestingTokens.tokenOf(epoch, "ann@example.org");
            Token second = TestingTokens.tokenOf(epoch + 1, "ann@example.org");
            assertThat(producer.committed(0))
                    .extracting(value -> Codecs.BLINDED_EVENT.decode(value).toOptional())
                    .extracting(event -> event.orElseThrow().tokens())
                    .containsExactlyInAnyOrder(List.of(first, Token.NONE), List.of(second, first));
        }
    }

    private static byte[] foreignEvent() {
        return Codecs.BLINDED_EVENT.encode(
                new BlindedEvent(
                        new EventId(1, 2),
                        730,
                        IdentifierKind.EMAIL,
                        List.of(new Token(1, 2, 3, 4)),
                        EventKind.VIEW,
                        START,
                        "news",
                        null));
    }
}
