package io.sealroom.partner;

import static io.sealroom.partner.room.TestRoom.END;
import static io.sealroom.partner.room.TestRoom.HOUR;
import static io.sealroom.partner.room.TestRoom.SLICE;
import static io.sealroom.partner.room.TestRoom.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sealroom.local.parts.LocalKafka;
import io.sealroom.partner.config.AgentConfig;
import io.sealroom.partner.event.EventField;
import io.sealroom.partner.event.EventRejectReason;
import io.sealroom.partner.exchange.OprfExchange;
import io.sealroom.partner.exchange.RetryTimes;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;
import io.sealroom.partner.kit.SendOutcome;
import io.sealroom.partner.kit.TestProducer;
import io.sealroom.partner.room.TestRoom;
import io.sealroom.partner.seal.SealStore;
import io.sealroom.partner.session.StateDirectory;
import io.sealroom.partner.topic.KafkaClients;
import io.sealroom.partner.topic.RoomTopics;
import io.sealroom.partner.topic.SealObserver;
import io.sealroom.partner.topic.TopicRecords;
import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.privacy.seal.SealEquivocation;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Seal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics that Kafka or a stranger damaged, judged by the nodes' own rules. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class ReanchorITCase {

    private static final long MINUTE = 60_000;
    private static final SendOutcome LATE =
            new SendOutcome.Rejected(EventField.EVENT_TIME, EventRejectReason.LATE);

    private final LocalKafka kafka;

    ReanchorITCase() throws IOException {
        kafka = LocalKafka.start();
    }

    @AfterAll
    void stopBroker() {
        kafka.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void run_nodesRefusedSealsAfterALoss_mendsThatPartitionAndTheProducerGoesOn(
            int damaged, @TempDir Path directory) throws Exception {
        TestRoom room = written(TestRoom.live("lost-" + damaged), directory);
        try (TestProducer producer = TestProducer.of(kafka, room, state(room, directory))) {
            producer.start();
            producer.sendMany(20);
            producer.flush();
            producer.seal(3);
            producer.stop();
            loseAnEvent(room, damaged);
            List<Bytes> before = view(room).values();

            assertAlarm(producer, "partition " + damaged + ", offset", "WRONG_SEAL");
            // In another hour than the other partition: it must not be caught up with in one step.
            long now = START + 7 * SLICE;
            List<String> told = dryRun(room, directory, now);
            assertThat(told)
                    .anyMatch(line -> line.startsWith("partition " + damaged + ", offset"))
                    .contains(
                            "slices given up: from 2026-01-05T00:00:00Z to 2026-01-05T01:10:00Z",
                            "withheld as BROKEN: 2 windows of PT1H, from 2026-01-05T00:00:00Z to"
                                    + " 2026-01-05T02:00:00Z",
                            "dry run: nothing was written");
            assertThat(view(room).values()).isEqualTo(before);

            reanchor(room, directory, now);

            NodeView mended = view(room);
            assertThat(mended.sealedUntil(damaged)).isEqualTo(now);
            assertThat(mended.sealedUntil(1 - damaged)).isEqualTo(START + 3 * SLICE);
            assertThat(mended.refused(damaged)).isEqualTo(3);
            assertThat(reanchor(room, directory, now))
                    .anyMatch(line -> line.startsWith("nothing to do"));
            assertThat(view(room).values()).isEqualTo(mended.values());

            producer.start();
            TestProducer.assertSent(producer.send("after", now));
            assertThat(producer.send("too-late", now - 1)).isCompletedWithValue(LATE);
            producer.seal(18);
            NodeView whole = view(room);
            assertThat(whole.sealedUntil(0)).isEqualTo(END);
            assertThat(whole.sealedUntil(1)).isEqualTo(END);
            assertThat(whole.reanchorings(damaged)).hasSize(1);
            assertThat(whole.reanchorings(1 - damaged)).isEmpty();
            assertThat(whole.refused(1 - damaged)).isZero();
            whole.assertTotals(END);
        }
    }

    @Test
    void run_strangersRecord_isVouchedForOnlyWhenThePartnerSaysSo(@TempDir Path directory)
            throws Exception {
        TestRoom room = written(TestRoom.live("inserted"), directory);
        try (TestProducer producer = TestProducer.of(kafka, room, state(room, directory))) {
            producer.start();
            TestProducer.assertSent(producer.send("v0", START));
            assertThat(dryRun(room, directory, START))
                    .anyMatch(line -> line.startsWith("nothing to do"));
            // A look fences nobody.
            TestProducer.assertSent(producer.send("v1", START));
            intrude(room, 1);
            producer.setClock(producer.due(1));
            assertThat(producer.failure()).hasMessageContaining("UNEXPECTED_RECORD");
            assertAlarm(producer, "partition 1, offset", "UNEXPECTED_RECORD");
            assertThat(view(room).sealedUntil(1)).isEqualTo(START);

            reanchor(room, directory, START + SLICE);

            assertThat(view(room).sealedUntil(1)).isEqualTo(START + SLICE);
            producer.start();
            producer.seal(3);
            assertThat(view(room).sealedUntil(0)).isEqualTo(START + 3 * SLICE);
            assertThat(view(room).refused(1)).isZero();
        }
    }

    @Test
    void run_acknowledgedRecordLostBeforeItsSeal_isToldAndGivenUp(@TempDir Path directory)
            throws Exception {
        TestRoom room = written(TestRoom.live("unsealed"), directory);
        try (TestProducer producer = TestProducer.of(kafka, room, state(room, directory))) {
            producer.start();
            producer.sendMany(20);
            producer.flush();
            producer.stop();
            // The re-anchoring seal comes to lie before where the last one was.
            loseTheLast(room, 1, 2);

            assertAlarm(producer, "partition 1, offset", "MISSING_RECORD");
            assertThat(reanchor(room, directory, START + 19 * MINUTE))
                    .filteredOn(line -> line.endsWith(": MISSING_RECORD"))
                    .hasSize(2)
                    .allMatch(line -> line.startsWith("partition 1, offset "));

            producer.start();
            int lost = 0;
            for (CompletableFuture<SendOutcome> again : producer.sendMany(20)) {
                assertThat(again).isCompleted();
                lost += again.get().equals(LATE) ? 1 : 0;
            }
            assertThat(lost).isEqualTo(2);
            producer.seal(2);
            assertThat(view(room).sealedUntil(1)).isEqualTo(START + 2 * SLICE);
            assertThat(view(room).refused(1)).isZero();
        }
    }

    @Test
    void run_sealsOfTwoStepsLost_areNotMadeAnewButReanchored(@TempDir Path directory)
            throws Exception {
        TestRoom room = written(TestRoom.live("rolled-back"), directory);
        try (TestProducer producer = TestProducer.of(kafka, room, state(room, directory))) {
            producer.start();
            producer.seal(1);
            producer.sendMany(20);
            producer.flush();
            producer.seal(3);
            producer.stop();
            List<byte[]> whole = view(room).records(1);
            List<List<byte[]>> left = records(room);
            left.get(1).subList(1, left.get(1).size()).clear();
            TopicRecords.replace(kafka.bootstrapServers(), topic(room), left);
            assertThat(view(room).sealedUntil(1)).isEqualTo(START + SLICE);

            assertAlarm(producer, "partition 1 no longer holds the seals before the stored one");
            assertThat(reanchor(room, directory, START + 3 * SLICE))
                    .contains("partition 1, offset 1: MISSING_RECORD");

            producer.start();
            producer.seal(5);
            NodeView mended = view(room);
            assertThat(mended.sealedUntil(1)).isEqualTo(START + 5 * SLICE);
            assertConvictsNobody(room, whole, mended.records(1));
        }
    }

    @Test
    void start_strangersRecordsBehindTheRoomsLastSeal_keepNoOtherPartitionFromItsOwn(
            @TempDir Path directory) throws Exception {
        TestRoom room = written(TestRoom.live("over"), directory);
        try (TestProducer producer = TestProducer.of(kafka, room, state(room, directory))) {
            producer.start();
            producer.sendMany(20);
            producer.flush();
            producer.seal(18);
            producer.stop();
            List<List<byte[]>> left = records(room);
            byte[] last = left.get(0).remove(left.get(0).size() - 1);
            left.get(1).add(new byte[] {1, 2, 3});
            left.get(1)
                    .add(
                            left.get(0).stream()
                                    .filter(Codecs.BLINDED_EVENT::matches)
                                    .findFirst()
                                    .orElseThrow());
            TopicRecords.replace(kafka.bootstrapServers(), topic(room), left);
            assertThat(view(room).sealedUntil(0)).isLessThan(END);

            producer.start();
            producer.awaitSealed(18);

            assertThat(view(room).records(0)).last().isEqualTo(last);
            assertThat(view(room).sealedUntil(0)).isEqualTo(END);
        }
    }

    private static void assertConvictsNobody(
            TestRoom room, List<byte[]> before, List<byte[]> after) {
        PartnerTopic topic = PartnerTopic.of(room.identity(), room.policy(), "publisher");
        for (byte[] one : before) {
            for (byte[] other : after) {
                assertThat(SealEquivocation.judge(topic, one, other))
                        .isNotEqualTo(SealEquivocation.Finding.CONVICTS);
            }
        }
    }

    /** Dies when the seals are stored, or when the first of two was sent. */
    @ParameterizedTest
    @CsvSource({"stored, true", "sent, false"})
    void run_diedInTheMiddle_sendsTheStoredSealsByteForByte(
            String name, boolean whenStored, @TempDir Path directory) throws Exception {
        TestRoom room = written(TestRoom.live("died-" + name), directory);
        try (TestProducer producer = TestProducer.of(kafka, room, state(room, directory))) {
            producer.start();
            producer.sendMany(20);
            producer.flush();
            producer.seal(2);
            producer.stop();
            loseAnEvent(room, 0, 1);
            assertThatThrownBy(
                            () ->
                                    run(
                                                    room,
                                                    directory,
                                                    START + 3 * SLICE,
                                                    Set.of(),
                                                    new ArrayList<>(),
                                                    new DyingWhen(whenStored))
                                            .run())
                    .hasMessage("died");
            List<Bytes> stored =
                    new SealStore(state(room, directory)).loadReanchoring().orElseThrow().seals();
            assertThat(stored).hasSize(2);
            assertAlarm(producer, "WRONG_SEAL");

            reanchor(room, directory, START + 9 * SLICE);

            assertThat(view(room).values()).containsOnlyOnceElementsOf(stored);
            assertThat(view(room).reanchorings(0))
                    .extracting(Seal::to)
                    .containsExactly(START + 3 * SLICE);
            producer.start();
            producer.seal(5);
            assertThat(view(room).sealedUntil(1)).isEqualTo(START + 5 * SLICE);
        }
    }

    @Test
    void run_namedPartitionAndDeath_holdsTheAgentUntilItIsFinished(@TempDir Path directory)
            throws Exception {
        TestRoom room = written(TestRoom.live("named"), directory);
        try (TestProducer producer = TestProducer.of(kafka, room, state(room, directory))) {
            producer.start();
            producer.seal(1);
            producer.stop();
            assertThatThrownBy(
                            () ->
                                    run(
                                                    room,
                                                    directory,
                                                    START + 2 * SLICE,
                                                    Set.of(1),
                                                    new ArrayList<>(),
                                                    new DyingWhen(true))
                                            .run())
                    .hasMessage("died");
            assertAlarm(producer, "re-anchoring of partition 1 was begun and not finished");

            // Named no more: what was begun is finished.
            reanchor(room, directory, START + 2 * SLICE);

            producer.start();
            producer.seal(3);
            assertThat(view(room).reanchorings(1)).hasSize(1);
            assertThatThrownBy(
                            () ->
                                    run(
                                                    room,
                                                    directory,
                                                    START,
                                                    Set.of(2),
                                                    new ArrayList<>(),
                                                    new SealObserver() {})
                                            .run())
                    .hasMessageContaining("--partition must be in [0, 2), got 2");
        }
    }

    @Test
    void run_lossBetweenStoredSealsAndTheirSending_stillSendsTheOthersStoredSeal(
            @TempDir Path directory) throws Exception {
        TestRoom room = written(TestRoom.live("stepped"), directory);
        Path state = state(room, directory);
        try (TestProducer producer = TestProducer.of(kafka, room, state)) {
            producer.startAndDieWithSealsStored();
            producer.sendMany(20);
            producer.setClock(producer.due(1));
            assertThat(producer.failure()).hasMessageContaining("died");
            List<Bytes> stored = new SealStore(state).load().orElseThrow().seals();
            loseAnEvent(room, 1);

            reanchor(room, directory, START + SLICE);
            producer.start();
            producer.seal(3);

            NodeView whole = view(room);
            assertThat(whole.values()).contains(stored.get(0)).doesNotContain(stored.get(1));
            assertThat(whole.sealedUntil(0)).isEqualTo(START + 3 * SLICE);
            assertThat(whole.sealedUntil(1)).isEqualTo(START + 3 * SLICE);
            assertThat(whole.refused(0) + whole.refused(1)).isZero();
        }
    }

    @Test
    void start_withAnOldStateDirectory_sealsNoSliceASecondTime(@TempDir Path directory)
            throws Exception {
        TestRoom room = written(TestRoom.live("restored"), directory);
        Path state = state(room, directory);
        Path backup = directory.resolve("backup");
        try (TestProducer producer = TestProducer.of(kafka, room, state)) {
            producer.startAndDieWithSealsStored();
            TestProducer.assertSent(producer.send("v0", START));
            producer.setClock(producer.due(1));
            assertThat(producer.failure()).hasMessageContaining("died");
            copy(state, backup);
            producer.start();
            producer.seal(3);
            producer.stop();
            copy(backup, state);

            producer.start();
            producer.seal(5);

            NodeView whole = view(room);
            assertThat(whole.refused(0) + whole.refused(1)).isZero();
            assertThat(whole.sealedUntil(0)).isEqualTo(START + 5 * SLICE);
            assertThat(reanchor(room, directory, START + 9 * SLICE))
                    .anyMatch(line -> line.startsWith("nothing to do"));
        }
    }

    @Test
    void run_fileAgent_givesTheLostRowUpAsLateAndSealsOn(@TempDir Path directory) throws Exception {
        TestRoom room = written(TestRoom.file("rows"), directory);
        KafkaClients clients = new KafkaClients(kafka.bootstrapServers(), Map.of());
        try (Admin admin = clients.admin()) {
            RoomTopics.create(admin, room.policy(), (short) 1);
        }
        writeRows(directory, 240);
        AgentConfig config =
                TestAgent.config(
                        directory, kafka.bootstrapServers(), "publisher", Clock.systemUTC());
        try (OprfExchange advertiser =
                OprfExchange.start(
                        room.member("advertiser"),
                        room.roomKeys("advertiser"),
                        clients,
                        Files.createDirectories(directory.resolve("evaluator")),
                        Clock.systemUTC(),
                        RetryTimes.DEFAULT,
                        new PrometheusRegistry())) {
            assertThat(advertiser.failure()).isNotDone();
            AgentRun killed =
                    TestAgent.run(
                            config,
                            new RunObserver() {
                                @Override
                                public void sealsStored(long from, long to) {
                                    if (from == START + HOUR) {
                                        throw new IllegalStateException("died");
                                    }
                                }
                            },
                            new StopSignal());
            assertThatThrownBy(killed::run).hasMessage("died");
            loseTheLast(room, 1, 1);
            try (TestAgent agent = TestAgent.start(config, new RunObserver() {})) {
                assertThat(agent.awaitEnd()).hasMessageContaining("what the stored seal states");
            }

            List<String> told = new ArrayList<>();
            new ReanchorRun(config, Set.of(), told::add, new SealObserver() {}).run();
            try (TestAgent agent = TestAgent.start(config, new RunObserver() {})) {
                agent.awaitDone();
            }

            assertThat(told)
                    .contains("slices given up: from 2026-01-05T01:00:00Z to 2026-01-05T01:10:00Z");
            NodeView whole = view(room);
            assertThat(whole.sealedUntil(0)).isEqualTo(END);
            assertThat(whole.sealedUntil(1)).isEqualTo(END);
            whole.assertTotals(END);
            assertThat(Files.readString(directory.resolve("publisher-rejects.csv")).lines())
                    .hasSize(2)
                    .last()
                    .asString()
                    .endsWith(",timestamp,LATE");
        }
    }

    @Test
    void dryRun_whileAnAgentHoldsTheState_isRefused(@TempDir Path directory) throws Exception {
        TestRoom room = written(TestRoom.live("held"), directory);
        try (StateDirectory held =
                StateDirectory.open(
                        directory.resolve("state"), room.policy().room(), "publisher")) {
            assertThat(held.path()).exists();
            assertThatThrownBy(() -> dryRun(room, directory, START))
                    .hasMessageContaining("used by another agent");
            assertThatThrownBy(() -> reanchor(room, directory, START))
                    .hasMessageContaining("used by another agent");
        }
    }

    private static final class DyingWhen implements SealObserver {
        private final boolean stored;

        DyingWhen(boolean stored) {
            this.stored = stored;
        }

        @Override
        public void sealsStored(long from, long to) {
            dieIf(stored);
        }

        @Override
        public void sealSent(int partition, long to) {
            dieIf(!stored);
        }

        private static void dieIf(boolean now) {
            if (now) {
                throw new IllegalStateException("died");
            }
        }
    }

    private static void assertAlarm(TestProducer producer, String... texts) {
        assertThatThrownBy(producer::start)
                .hasMessageContainingAll(texts)
                .hasMessageContaining("sealroom partner reanchor")
                .isInstanceOfSatisfying(
                        AgentException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.ALARM));
    }

    private List<String> reanchor(TestRoom room, Path directory, long now) throws AgentException {
        List<String> told = new ArrayList<>();
        run(room, directory, now, Set.of(), told, new SealObserver() {}).run();
        return told;
    }

    private List<String> dryRun(TestRoom room, Path directory, long now) throws AgentException {
        List<String> told = new ArrayList<>();
        run(room, directory, now, Set.of(), told, new SealObserver() {}).dryRun();
        return told;
    }

    private ReanchorRun run(
            TestRoom room,
            Path directory,
            long now,
            Set<Integer> named,
            List<String> told,
            SealObserver observer) {
        AgentConfig config =
                TestAgent.withoutInput(
                        TestAgent.config(
                                directory,
                                kafka.bootstrapServers(),
                                "publisher",
                                new SettableClock(now)));
        assertThat(room.policy().partner("publisher").partitions()).isEqualTo(2);
        return new ReanchorRun(config, named, told::add, observer);
    }

    private NodeView view(TestRoom room) {
        return NodeView.of(room, kafka.bootstrapServers());
    }

    private void loseAnEvent(TestRoom room, int... partitions) throws Exception {
        List<List<byte[]>> left = records(room);
        for (int partition : partitions) {
            List<byte[]> records = left.get(partition);
            byte[] lost =
                    records.stream()
                            .filter(Codecs.BLINDED_EVENT::matches)
                            .findFirst()
                            .orElseThrow();
            records.remove(lost);
        }
        TopicRecords.replace(kafka.bootstrapServers(), topic(room), left);
    }

    private void loseTheLast(TestRoom room, int partition, int count) throws Exception {
        List<List<byte[]>> left = records(room);
        List<byte[]> records = left.get(partition);
        List<byte[]> lost = records.subList(records.size() - count, records.size());
        assertThat(lost).allMatch(Codecs.BLINDED_EVENT::matches);
        lost.clear();
        TopicRecords.replace(kafka.bootstrapServers(), topic(room), left);
    }

    private List<List<byte[]>> records(TestRoom room) {
        NodeView view = view(room);
        return List.of(new ArrayList<>(view.records(0)), new ArrayList<>(view.records(1)));
    }

    private void intrude(TestRoom room, int partition) throws Exception {
        TopicRecords.intrude(
                kafka.bootstrapServers(), topic(room), partition, new byte[] {1, 2, 3});
    }

    private static String topic(TestRoom room) {
        return room.policy().room() + ".events.publisher";
    }

    private static TestRoom written(TestRoom room, Path directory) throws IOException {
        room.write(directory);
        return room;
    }

    /** One person each, half a minute apart. */
    private static void writeRows(Path directory, int count) throws IOException {
        StringBuilder rows =
                new StringBuilder("event_id,id_type,identifier,timestamp,kind,cell,value\n");
        for (int i = 0; i < count; i++) {
            rows.append(
                    "v%d,email,person%d@example.org,%d,view,news,\n"
                            .formatted(i, i, START + MINUTE / 2 * i));
        }
        Files.writeString(directory.resolve("publisher.csv"), rows);
    }

    private static Path state(TestRoom room, Path directory) throws IOException {
        return Files.createDirectories(
                StateDirectory.path(directory.resolve("state"), room.policy().room(), "publisher"));
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.exists(to)) {
            try (Stream<Path> files = Files.list(to)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
