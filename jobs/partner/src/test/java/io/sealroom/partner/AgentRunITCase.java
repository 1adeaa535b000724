package io.sealroom.partner;

import static io.sealroom.partner.room.TestRoom.HOUR;
import static io.sealroom.partner.room.TestRoom.SLICE;
import static io.sealroom.partner.room.TestRoom.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sealroom.local.parts.Await;
import io.sealroom.local.parts.LocalKafka;
import io.sealroom.partner.config.AgentConfig;
import io.sealroom.partner.exchange.OprfExchange;
import io.sealroom.partner.exchange.RetryTimes;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;
import io.sealroom.partner.room.TestRoom;
import io.sealroom.partner.seal.SealStore;
import io.sealroom.partner.session.StateDirectory;
import io.sealroom.partner.topic.KafkaClients;
import io.sealroom.partner.topic.RoomTopics;
import io.sealroom.partner.topic.TopicRecords;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Seal;
import io.sealroom.schemas.record.Token;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class AgentRunITCase {

    private static final long MINUTE = 60_000;
    private static final String HEADER = "event_id,id_type,identifier,timestamp,kind,cell,value\n";

    private final LocalKafka kafka;
    private final KafkaClients clients;

    AgentRunITCase() throws IOException {
        kafka = LocalKafka.start();
        clients = new KafkaClients(kafka.bootstrapServers(), Map.of());
    }

    @AfterAll
    void stopBroker() {
        kafka.close();
    }

    /** Ends a run as a crash would: nothing after it happens. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void run_twoAgents_meetInTheSameTokensAndLeaveValidTopics(@TempDir Path directory)
            throws Exception {
        TestRoom room = created("both", directory);
        writeExposures(directory, 40);
        StringBuilder conversions = new StringBuilder(HEADER);
        for (int i = 0; i < 20; i++) {
            // Of the forty, the even ones, spelled otherwise.
            conversions.append(
                    "c%d,EMAIL,\" Person%d@Example.ORG \",%d,conversion,,%d\n"
                            .formatted(i, 2 * i, START + 7 * MINUTE * i, 100 + i));
        }
        conversions.append("bad,email,nobody,").append(START).append(",conversion,,1\n");
        Files.writeString(directory.resolve("advertiser.csv"), conversions);

        StringWriter out = new StringWriter();
        try (TestAgent publisher =
                        TestAgent.start(
                                config(directory, "publisher"),
                                new ProgressLines(
                                        "publisher", new PrintWriter(out), Clock.systemUTC()));
                TestAgent advertiser =
                        TestAgent.start(config(directory, "advertiser"), new RunObserver() {})) {
            publisher.awaitDone();
            advertiser.awaitDone();
            publisher.stop();
            advertiser.stop();
            assertThat(publisher.awaitEnd()).isNull();
            assertThat(advertiser.awaitEnd()).isNull();
        }

        TopicAudit exposures = TopicAudit.of(room, "publisher", kafka.bootstrapServers());
        TopicAudit bought = TopicAudit.of(room, "advertiser", kafka.bootstrapServers());
        assertThat(exposures.events()).hasSize(40);
        assertThat(bought.events())
                .hasSize(20)
                .allMatch(event -> event.kind() == EventKind.CONVERSION);
        Set<Token> met = tokens(exposures.events());
        assertThat(met).hasSize(40);
        met.retainAll(tokens(bought.events()));
        assertThat(met).hasSize(20);
        assertThat(exposures.seals()).extracting(Seal::partition).contains(0, 1);
        assertThat(Files.readString(directory.resolve("advertiser-rejects.csv")))
                .isEqualTo("line,column,reason\r\n22,identifier,EMAIL_MALFORMED\r\n");
        assertThat(out.toString().lines())
                .contains(
                        "publisher: tokenised 40 of 40",
                        "publisher: sealed slice 0 of 18",
                        "publisher: sealed slice 18 of 18",
                        "publisher: done: 40 events sent, 0 already there, 0 lines rejected");
    }

    @Test
    void run_partnerThatOnlyEvaluates_isNeededForTokensAndTakesNoInput(@TempDir Path directory)
            throws Exception {
        TestRoom room = TestRoom.withNotary("notarised");
        room.write(directory);
        create(room);
        writeExposures(directory, 10);
        AgentConfig publisher = config(directory, "publisher");
        AgentConfig notary = TestAgent.withoutInput(config(directory, "notary"));

        try (OprfExchange advertiser = evaluator(room, directory, Clock.systemUTC());
                TestAgent asking = TestAgent.start(publisher, new RunObserver() {})) {
            assertThat(advertiser.failure()).isNotDone();
            try (TestAgent evaluating = TestAgent.start(notary, new RunObserver() {})) {
                asking.awaitDone();
                evaluating.stop();
                assertThat(evaluating.awaitEnd()).isNull();
            }
        }

        assertThat(TopicAudit.of(room, "publisher", kafka.bootstrapServers()).events()).hasSize(10);
        assertThatThrownBy(
                        () ->
                                TestAgent.run(
                                                config(directory, "notary"),
                                                new RunObserver() {},
                                                new StopSignal())
                                        .run())
                .hasMessageContaining("notary supplies no events in this policy");
    }

    @Test
    void run_crashedAtEveryStep_sendsNoEventTwiceAndTheStoredSealsByteForByte(
            @TempDir Path directory) throws Exception {
        TestRoom room = created("crashed", directory);
        writeExposures(directory, 60);
        Set<Bytes> stored = new HashSet<>();
        long second = START + SLICE;

        try (OprfExchange advertiser = evaluator(room, directory, Clock.systemUTC())) {
            assertThat(advertiser.failure()).isNotDone();
            crash(
                    directory,
                    new RunObserver() {
                        @Override
                        public void eventsCommitted(long from, long to) {
                            throw new Crash();
                        }
                    });
            crash(
                    directory,
                    new RunObserver() {
                        @Override
                        public void sealsStored(long from, long to) {
                            throw new Crash();
                        }
                    });
            stored.addAll(storedSeals(room, directory));
            crash(
                    directory,
                    new RunObserver() {
                        @Override
                        public void sealSent(int partition, long to) {
                            if (partition == 1 && to == second + SLICE) {
                                throw new Crash();
                            }
                        }
                    });
            stored.addAll(storedSeals(room, directory));
            crash(
                    directory,
                    new RunObserver() {
                        @Override
                        public void sealSent(int partition, long to) {
                            if (partition == 1 && to == START + HOUR) {
                                throw new Crash();
                            }
                        }
                    });
            stored.addAll(storedSeals(room, directory));
            try (TestAgent last =
                    TestAgent.start(config(directory, "publisher"), new RunObserver() {})) {
                last.awaitDone();
            }
            // Once more, with nothing left to do.
            StringWriter out = new StringWriter();
            try (TestAgent again =
                    TestAgent.start(
                            config(directory, "publisher"),
                            new ProgressLines(
                                    "publisher", new PrintWriter(out), Clock.systemUTC()))) {
                again.awaitDone();
            }
            assertThat(out.toString())
                    .contains("done: 0 events sent, 60 already there, 0 lines rejected");
        }

        TopicAudit audit = TopicAudit.of(room, "publisher", kafka.bootstrapServers());
        assertThat(audit.events()).hasSize(60);
        assertThat(stored).hasSize(6);
        assertThat(audit.values()).containsAll(stored).doesNotHaveDuplicates();
    }

    @Test
    void run_stateLostBetweenTwoPartitionsSeals_finishesTheSameStep(@TempDir Path directory)
            throws Exception {
        TestRoom room = created("state-lost", directory);
        writeExposures(directory, 20);

        try (OprfExchange advertiser = evaluator(room, directory, Clock.systemUTC())) {
            assertThat(advertiser.failure()).isNotDone();
            crash(
                    directory,
                    new RunObserver() {
                        @Override
                        public void sealSent(int partition, long to) {
                            if (partition == 1 && to == START + HOUR) {
                                throw new Crash();
                            }
                        }
                    });
            Files.delete(directory.resolve("state/state-lost/publisher/seals.json"));
            try (TestAgent last =
                    TestAgent.start(config(directory, "publisher"), new RunObserver() {})) {
                last.awaitDone();
            }
        }

        assertThat(TopicAudit.of(room, "publisher", kafka.bootstrapServers()).events()).hasSize(20);
    }

    @Test
    void run_fileGrownAfterItsSlicesWereSealed_rejectsTheNewRowsAsLate(@TempDir Path directory)
            throws Exception {
        TestRoom room = created("grown", directory);
        writeExposures(directory, 10);

        try (OprfExchange advertiser = evaluator(room, directory, Clock.systemUTC())) {
            assertThat(advertiser.failure()).isNotDone();
            try (TestAgent first =
                    TestAgent.start(config(directory, "publisher"), new RunObserver() {})) {
                first.awaitDone();
            }
            writeExposures(directory, 11);
            try (TestAgent second =
                    TestAgent.start(config(directory, "publisher"), new RunObserver() {})) {
                second.awaitDone();
            }
        }

        assertThat(Files.readString(directory.resolve("publisher-rejects.csv")))
                .isEqualTo("line,column,reason\r\n12,timestamp,LATE\r\n");
        assertThat(TopicAudit.of(room, "publisher", kafka.bootstrapServers()).events()).hasSize(10);
    }

    @Test
    void run_strangersEventNotYetSealed_isAnAlarmAndNothingIsSealed(@TempDir Path directory)
            throws Exception {
        TestRoom room = created("stranger", directory);
        writeExposures(directory, 10);
        String topic = "stranger.events.publisher";
        byte[] foreign = foreignEvent();

        try (OprfExchange advertiser = evaluator(room, directory, Clock.systemUTC())) {
            assertThat(advertiser.failure()).isNotDone();
            TopicRecords.intrude(kafka.bootstrapServers(), topic, 1, foreign);
            try (TestAgent agent =
                    TestAgent.start(config(directory, "publisher"), new RunObserver() {})) {
                assertAlarm(agent.awaitEnd(), "partition 1, offset 0: UNEXPECTED_RECORD");
            }
        }

        assertThat(TopicRecords.committed(kafka.bootstrapServers(), topic, 0)).isEmpty();
        assertThat(TopicRecords.committed(kafka.bootstrapServers(), topic, 1)).hasSize(1);
    }

    @Test
    void run_recordLandsBetweenReadBackAndSeal_isAnAlarmBeforeTheNextSeal(@TempDir Path directory)
            throws Exception {
        TestRoom room = created("landed", directory);
        writeExposures(directory, 10);

        try (OprfExchange advertiser = evaluator(room, directory, Clock.systemUTC());
                TestAgent agent =
                        TestAgent.start(
                                config(directory, "publisher"),
                                new RunObserver() {
                                    @Override
                                    public void sealsStored(long from, long to) {
                                        intrude("landed.events.publisher");
                                    }
                                })) {
            assertThat(advertiser.failure()).isNotDone();
            assertAlarm(agent.awaitEnd(), "partition 0, offset", "UNEXPECTED_RECORD");
        }
    }

    @Test
    void run_live_sealsAtSliceEndPlusGraceByTheClock(@TempDir Path directory) throws Exception {
        TestRoom room = TestRoom.live("live-room");
        room.write(directory);
        create(room);
        writeExposures(directory, 12);
        SettableClock clock = new SettableClock(START - HOUR);
        List<Long> sealed = new ArrayList<>();
        AtomicLong done = new AtomicLong(-1);

        try (OprfExchange advertiser = evaluator(room, directory, clock);
                TestAgent agent =
                        TestAgent.start(
                                TestAgent.config(
                                        directory, kafka.bootstrapServers(), "publisher", clock),
                                new RunObserver() {
                                    @Override
                                    public void sealed(long slices, long total) {
                                        sealed.add(clock.millis());
                                        done.set(slices);
                                    }
                                })) {
            assertThat(advertiser.failure()).isNotDone();
            Await.until("the agent to be ready", Duration.ofSeconds(30), () -> done.get() == 0);
            for (int slice = 1; slice <= 3; slice++) {
                int expected = slice;
                clock.set(START + slice * SLICE + room.policy().graceMillis());
                Await.until("slice " + slice, Duration.ofSeconds(30), () -> done.get() == expected);
            }
            clock.set(TestRoom.END + room.policy().graceMillis());
            agent.awaitDone();
        }

        // At the start, then after each of the first three slices' grace, then the rest.
        assertThat(sealed).hasSize(19);
        assertThat(sealed.subList(1, 4))
                .containsExactly(
                        START + SLICE + 10_000,
                        START + 2 * SLICE + 10_000,
                        START + 3 * SLICE + 10_000);
        assertThat(TopicAudit.of(room, "publisher", kafka.bootstrapServers()).events()).hasSize(12);
    }

    @Test
    void stop_whileAnotherPartnerIsAway_endsWithUnavailable(@TempDir Path directory)
            throws Exception {
        created("alone", directory);
        writeExposures(directory, 5);

        try (TestAgent agent =
                TestAgent.start(config(directory, "publisher"), new RunObserver() {})) {
            // Its request is on the topic: it waits for the advertiser.
            Await.until(
                    "the request",
                    Duration.ofSeconds(30),
                    () ->
                            !TopicRecords.committed(
                                            kafka.bootstrapServers(),
                                            "alone.oprf.requests.advertiser",
                                            0)
                                    .isEmpty());
            agent.stop();
            AgentException end = agent.awaitEnd();

            assertThat(end).hasMessageContaining("stopped before the own work was done");
            assertThat(end).extracting(AgentException::exitCode).isEqualTo(ExitCode.UNAVAILABLE);
        }
    }

    @Test
    void run_answeringFailsWhileSealing_endsAtOnceWithUnavailable(@TempDir Path directory)
            throws Exception {
        TestRoom room = TestRoom.live("unanswering");
        room.write(directory);
        create(room);
        Files.writeString(directory.resolve("publisher.csv"), HEADER);
        AtomicLong done = new AtomicLong(-1);

        try (TestAgent agent =
                        TestAgent.start(
                                TestAgent.config(
                                        directory,
                                        kafka.bootstrapServers(),
                                        "publisher",
                                        new SettableClock(START - HOUR)),
                                new RunObserver() {
                                    @Override
                                    public void sealed(long slices, long total) {
                                        done.set(slices);
                                    }
                                });
                KafkaConsumer<byte[], byte[]> usurper =
                        new KafkaConsumer<>(
                                Map.of(
                                        "bootstrap.servers",
                                        kafka.bootstrapServers(),
                                        "group.id",
                                        "sealroom-unanswering-publisher-evaluator"),
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer())) {
            Await.until("the agent to be ready", Duration.ofSeconds(30), () -> done.get() == 0);
            // A member of the agent's group: the agent's own commits are refused from now on.
            usurper.subscribe(List.of("unanswering.oprf.requests.publisher"));
            Await.until(
                    "membership",
                    Duration.ofSeconds(30),
                    () -> {
                        usurper.poll(Duration.ofMillis(100));
                        return !usurper.assignment().isEmpty();
                    });
            TopicRecords.intrude(
                    kafka.bootstrapServers(),
                    "unanswering.oprf.requests.publisher",
                    0,
                    new byte[] {1});
            AgentException end = agent.awaitEnd();

            assertThat(end).hasMessageContaining("publisher-requests: Kafka fails");
            assertThat(end).extracting(AgentException::exitCode).isEqualTo(ExitCode.UNAVAILABLE);
        }
    }

    @Test
    void run_requestsDeletedBeyondTheCommittedOffset_answersFromTheFirstThatIsLeft(
            @TempDir Path directory) throws Exception {
        TestRoom room = created("forgotten", directory);
        TopicPartition requests = new TopicPartition("forgotten.oprf.requests.advertiser", 0);
        String group = "sealroom-forgotten-advertiser-evaluator";
        for (byte i = 0; i < 3; i++) {
            TopicRecords.intrude(kafka.bootstrapServers(), requests.topic(), 0, new byte[] {i});
        }
        try (Admin admin = clients.admin()) {
            admin.alterConsumerGroupOffsets(group, Map.of(requests, new OffsetAndMetadata(1)))
                    .all()
                    .get();
            admin.deleteRecords(Map.of(requests, RecordsToDelete.beforeOffset(2))).all().get();

            try (OprfExchange advertiser = evaluator(room, directory, Clock.systemUTC())) {
                Await.until(
                        "the last request to be handled",
                        Duration.ofSeconds(30),
                        () -> committed(admin, group, requests) == 3);
                assertThat(advertiser.failure()).isNotDone();
            }
        }
    }

    private static long committed(Admin admin, String group, TopicPartition partition) {
        try {
            OffsetAndMetadata found =
                    admin.listConsumerGroupOffsets(group)
                            .partitionsToOffsetAndMetadata()
                            .get()
                            .get(partition);
            return found == null ? -1 : found.offset();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void run_sameStateTwice_isRefused(@TempDir Path directory) throws Exception {
        created("twice", directory);
        writeExposures(directory, 5);
        Path rejects = directory.resolve("publisher-rejects.csv");
        Files.writeString(rejects, "of the running agent");

        try (StateDirectory held =
                StateDirectory.open(directory.resolve("state"), "twice", "publisher")) {
            assertThat(held.path()).exists();
            assertThatThrownBy(
                            () ->
                                    TestAgent.run(
                                                    config(directory, "publisher"),
                                                    new RunObserver() {},
                                                    new StopSignal())
                                            .run())
                    .hasMessageContaining("is used by another agent");
            assertThat(rejects).hasContent("of the running agent");
        }
    }

    private void intrude(String topic) {
        try {
            TopicRecords.intrude(kafka.bootstrapServers(), topic, 0, foreignEvent());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertAlarm(@Nullable AgentException end, String... texts) {
        assertThat(end).hasMessageContainingAll(texts);
        assertThat(end).extracting(AgentException::exitCode).isEqualTo(ExitCode.ALARM);
    }

    private void crash(Path directory, RunObserver observer) {
        AgentRun run = TestAgent.run(config(directory, "publisher"), observer, new StopSignal());

        assertThatThrownBy(run::run).isInstanceOf(Crash.class);
    }

    private static List<Bytes> storedSeals(TestRoom room, Path directory) throws IOException {
        Path state = directory.resolve("state").resolve(room.policy().room()).resolve("publisher");
        return new SealStore(state).load().orElseThrow().seals();
    }

    private AgentConfig config(Path directory, String partner) {
        return TestAgent.config(directory, kafka.bootstrapServers(), partner, Clock.systemUTC());
    }

    /** An advertiser that only answers. */
    private OprfExchange evaluator(TestRoom room, Path directory, Clock clock) throws Exception {
        return OprfExchange.start(
                room.member("advertiser"),
                room.roomKeys("advertiser"),
                clients,
                Files.createDirectories(directory.resolve("evaluator")),
                clock,
                RetryTimes.DEFAULT,
                new PrometheusRegistry());
    }

    private TestRoom created(String name, Path directory) throws IOException {
        TestRoom room = TestRoom.file(name);
        room.write(directory);
        create(room);
        return room;
    }

    private void create(TestRoom room) throws IOException {
        try (Admin admin = clients.admin()) {
            RoomTopics.create(admin, room.policy(), (short) 1);
        }
    }

    /** One person each, four minutes apart. */
    private static void writeExposures(Path directory, int count) throws IOException {
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 0; i < count; i++) {
            rows.append(
                    "v%d,email,person%d@example.org,%d,%s,%s,\n"
                            .formatted(
                                    i,
                                    i,
                                    START + 4 * MINUTE * i % (3 * HOUR),
                                    i % 3 == 0 ? "click" : "view",
                                    i % 2 == 0 ? "news" : "sports"));
        }
        Files.writeString(directory.resolve("publisher.csv"), rows);
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

    private static Set<Token> tokens(List<BlindedEvent> events) {
        Set<Token> tokens = new HashSet<>();
        events.forEach(event -> tokens.addAll(event.tokens()));
        return tokens;
    }
}
