package io.sealroom.partner.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sealroom.local.parts.Await;
import io.sealroom.partner.event.EventField;
import io.sealroom.partner.event.EventRejectReason;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;
import io.sealroom.partner.kit.SendOutcome;
import io.sealroom.partner.metrics.AgentMetrics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over Kafka's own fake of a consumer, whose group moves when the test says so. */
@Timeout(30)
class RawTopicFeedTest {

    private static final TopicPartition ZERO = new TopicPartition("raw", 0);
    private static final TopicPartition ONE = new TopicPartition("raw", 1);

    private final RecordingConsumer consumer = new RecordingConsumer();
    private final Path rejects;
    private final RejectLog log;
    private Runnable stop = () -> {};
    private IntSupplier waiting = () -> 0;

    RawTopicFeedTest(@TempDir Path directory) throws Exception {
        rejects = directory.resolve("rejects.csv");
        log = RejectLog.ofRecords(rejects);
        consumer.updatePartitions("raw", List.of(info(0), info(1)));
        consumer.updateBeginningOffsets(Map.of(ZERO, 0L, ONE, 0L));
    }

    @Test
    void run_acknowledgedOutOfOrder_commitsUpToTheFirstThatIsNot() throws Exception {
        ScriptedSink sink = ScriptedSink.waiting();
        CompletableFuture<Void> run = start(sink, 100);
        assign(ZERO);
        add(ZERO, 0, view("e0"));
        add(ZERO, 1, view("e1"));
        add(ZERO, 2, view("e2"));
        await("three events", () -> sink.events().size() == 3);

        sink.answer(1, new SendOutcome.Sent(0, 0));
        sink.answer(2, new SendOutcome.AlreadySent());
        assertThat(committed(ZERO)).isNull();
        sink.answer(0, new SendOutcome.Sent(0, 0));

        await("the commit", () -> Long.valueOf(3).equals(committed(ZERO)));
        end(run);
    }

    /** Each of them once: a record that comes back for ever would hold all behind it. */
    @Test
    void run_poison_isListedAndCommitted() throws Exception {
        ScriptedSink sink =
                new ScriptedSink(
                        event ->
                                CompletableFuture.completedFuture(
                                        new SendOutcome.Rejected(
                                                EventField.IDENTIFIER,
                                                EventRejectReason.TOKEN_REFUSED)));
        CompletableFuture<Void> run = start(sink, 100);
        assign(ZERO);
        add(ZERO, 0, "nonsense");
        add(ZERO, 1, null);
        add(ZERO, 2, "x".repeat(JsonEventLines.LENGTH_MAX + 1));
        add(ZERO, 3, view("e").replace("view", "seen"));
        add(ZERO, 9, view("refused"));

        await("the commit", () -> Long.valueOf(10).equals(committed(ZERO)));
        assertThat(Files.readAllLines(rejects))
                .containsExactly(
                        "partition,offset,field,reason",
                        "0,0,,LINE_MALFORMED",
                        "0,1,,LINE_MALFORMED",
                        "0,2,,LINE_TOO_LONG",
                        "0,3,kind,KIND_UNKNOWN",
                        "0,9,identifier,TOKEN_REFUSED");
        end(run);
    }

    @Test
    void run_tooMuchInFlight_pausesUntilItIsSettled() throws Exception {
        ScriptedSink sink = ScriptedSink.waiting();
        CompletableFuture<Void> run = start(sink, 2);
        assign(ZERO);
        add(ZERO, 0, view("e0"));
        add(ZERO, 1, view("e1"));
        await("two events", () -> sink.events().size() == 2);
        await("the pause", () -> paused().contains(ZERO));
        add(ZERO, 2, view("e2"));

        sink.answer(0, new SendOutcome.Sent(0, 0));

        await("the third", () -> sink.events().size() == 3);
        sink.answer(1, new SendOutcome.Sent(0, 0));
        sink.answer(2, new SendOutcome.Sent(0, 0));
        end(run);
        assertThat(committed(ZERO)).isEqualTo(3);
    }

    /** Nothing is committed by time here: the revocation does it. */
    @Test
    void run_partitionRevoked_commitsWhatIsDoneAndDropsTheRest() throws Exception {
        ScriptedSink sink = ScriptedSink.waiting();
        CompletableFuture<Void> run = start(sink, 100, Duration.ofHours(1));
        assign(ZERO, ONE);
        add(ZERO, 0, view("e0"));
        add(ZERO, 1, view("e1"));
        await("both", () -> sink.events().size() == 2);
        sink.answer(0, new SendOutcome.Sent(0, 0));
        assertThat(committed(ZERO)).isNull();

        assign(ONE);
        assertThat(committed(ZERO)).isEqualTo(1);
        // Acknowledged when it is somebody else's: no business of ours.
        sink.answer(1, new SendOutcome.Sent(0, 0));
        add(ONE, 0, view("f0"));
        await("the other partition", () -> sink.events().size() == 3);
        sink.answer(2, new SendOutcome.Sent(0, 0));
        end(run);

        assertThat(committed(ZERO)).isEqualTo(1);
        assertThat(committed(ONE)).isEqualTo(1);
    }

    /** Whoever has the partition now sends it: this one would be a second time. */
    @Test
    void run_partitionRevokedWhileTheSinkWaits_handsOnNoMoreOfIt() throws Exception {
        ScriptedSink sink = ScriptedSink.acknowledging();
        CountDownLatch waits = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        EventSink slow =
                event -> {
                    waits.countDown();
                    goOn.await();
                    return sink.send(event);
                };
        CompletableFuture<Void> run = start(slow, 100, Duration.ofMillis(20));
        assign(ZERO, ONE);
        add(ZERO, 0, view("e0"));
        add(ZERO, 1, view("e1"));
        assertThat(waits.await(10, TimeUnit.SECONDS)).isTrue();
        assign(ONE);
        add(ONE, 0, view("f0"));

        goOn.countDown();

        await("the other partition", () -> sink.eventIds().contains("f0"));
        assertThat(sink.eventIds()).containsExactly("e0", "f0");
        end(run);
    }

    /** A partner is away for hours, and the group moves: nothing of that may pile up here. */
    @Test
    void run_partitionRevokedAgainAndAgainWhileTheSinkWaits_keepsNothingOfIt() throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        EventSink full =
                event -> {
                    waits.countDown();
                    new CountDownLatch(1).await();
                    throw new IllegalStateException("never");
                };
        CompletableFuture<Void> run = start(full, 100);
        assign(ONE);
        add(ONE, 0, view("f0"));
        assertThat(waits.await(10, TimeUnit.SECONDS)).isTrue();
        for (int time = 0; time < 3; time++) {
            assign(ZERO, ONE);
            add(ZERO, 2L * time, view("e0"));
            add(ZERO, 2L * time + 1, view("e1"));
            await("both", () -> waiting.getAsInt() == 2);
            assign(ONE);
            assertThat(waiting.getAsInt()).isZero();
        }
        end(run);
    }

    @Test
    void stop_somethingInFlight_waitsForItAndCommits() throws Exception {
        ScriptedSink sink = ScriptedSink.waiting();
        CompletableFuture<Void> run = start(sink, 100);
        assign(ZERO);
        add(ZERO, 0, view("e0"));
        await("the event", () -> sink.events().size() == 1);

        stop.run();
        sink.answer(0, new SendOutcome.Sent(0, 0));

        run.get(10, TimeUnit.SECONDS);
        assertThat(committed(ZERO)).isEqualTo(1);
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void run_sinkFails_endsWithItsReasonAndCommitsNothingOfIt() throws Exception {
        ScriptedSink sink = ScriptedSink.waiting();
        CompletableFuture<Void> run = start(sink, 100);
        assign(ZERO);
        add(ZERO, 0, view("e0"));
        add(ZERO, 1, view("e1"));
        await("both", () -> sink.events().size() == 2);
        sink.answer(1, new SendOutcome.Sent(0, 0));

        sink.fail(0, AgentException.alarm("somebody else wrote"));

        assertThatThrownBy(() -> run.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        AgentException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.ALARM));
        assertThat(committed(ZERO)).isNull();
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void run_recordsDeletedBeforeTheyWereRead_isTold() throws Exception {
        CompletableFuture<Void> run = start(ScriptedSink.acknowledging(), 100);
        consumer.schedulePollTask(
                () -> consumer.setPollException(new OffsetOutOfRangeException(Map.of(ZERO, 5L))));

        assertThatThrownBy(() -> run.get(10, TimeUnit.SECONDS))
                .hasMessageContaining("records of raw are gone that were not read yet");
    }

    @Test
    void run_topicMissing_isUnavailable() {
        RawTopicFeed missing =
                new RawTopicFeed(
                        "none", consumer, ScriptedSink.acknowledging(), log, metrics(), 100);

        assertThatThrownBy(missing::run)
                .isInstanceOfSatisfying(
                        AgentException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessageContaining("none does not exist");
    }

    private CompletableFuture<Void> start(EventSink sink, int inFlightMax) {
        return start(sink, inFlightMax, Duration.ofMillis(20));
    }

    private CompletableFuture<Void> start(EventSink sink, int inFlightMax, Duration commitPause) {
        RawTopicFeed started =
                new RawTopicFeed("raw", consumer, sink, log, metrics(), inFlightMax, commitPause);
        stop = started::stop;
        waiting = started::waiting;
        CompletableFuture<Void> run =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                started.run();
                            } catch (AgentException e) {
                                throw new CompletionException(e);
                            }
                        });
        await("the subscription", () -> !consumer.subscription().isEmpty());
        return run;
    }

    private void end(CompletableFuture<Void> run) throws Exception {
        stop.run();
        run.get(10, TimeUnit.SECONDS);
    }

    /** A rebalance happens inside a poll, on the thread that polls. */
    private void assign(TopicPartition... partitions) {
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(partitions)));
        await("the assignment", () -> consumer.assignment().equals(Set.of(partitions)));
    }

    private void add(TopicPartition partition, long offset, @Nullable String value) {
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        consumer.schedulePollTask(
                () ->
                        consumer.addRecord(
                                new ConsumerRecord<>(
                                        "raw", partition.partition(), offset, null, bytes)));
    }

    private @Nullable Long committed(TopicPartition partition) {
        return consumer.commits.get(partition);
    }

    private Set<TopicPartition> paused() {
        return consumer.paused();
    }

    private static void await(String what, BooleanSupplier condition) {
        Await.until(what, Duration.ofSeconds(10), condition);
    }

    private static AgentMetrics metrics() {
        return new AgentMetrics(new PrometheusRegistry(), "test");
    }

    private static PartitionInfo info(int partition) {
        Node node = new Node(0, "localhost", 1);
        return new PartitionInfo("raw", partition, node, new Node[] {node}, new Node[] {node});
    }

    private static String view(String eventId) {
        return "{\"eventId\":\"%s\",\"idType\":\"email\",\"identifier\":\"a@b\",\"timestamp\":5,\"kind\":\"view\",\"cell\":\"news\"}"
                .formatted(eventId);
    }

    /** Remembers what was committed, of partitions that are somebody else's now too. */
    private static final class RecordingConsumer extends MockConsumer<byte[], byte[]> {

        private final Map<TopicPartition, Long> commits = new ConcurrentHashMap<>();

        RecordingConsumer() {
            super("none");
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
            super.commitSync(offsets);
            offsets.forEach((partition, offset) -> commits.put(partition, offset.offset()));
        }
    }
}
