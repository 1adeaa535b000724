package io.sealroom.partner;

import static io.sealroom.partner.room.TestRoom.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.local.parts.Await;
import io.sealroom.local.parts.LocalKafka;
import io.sealroom.partner.ceremony.AnvilCeremonyChain;
import io.sealroom.partner.config.AgentConfig;
import io.sealroom.partner.config.InputConfig;
import io.sealroom.partner.config.KafkaCluster;
import io.sealroom.partner.event.RawEvent;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.kit.SendOutcome;
import io.sealroom.partner.metrics.AgentState;
import io.sealroom.partner.room.TestRoom;
import io.sealroom.partner.topic.KafkaClients;
import io.sealroom.partner.topic.RoomTopics;
import io.sealroom.schemas.policy.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class AgentInputITCase {

    private static final String CANARY = "canary-ann";

    private final LocalKafka kafka;
    private final KafkaClients clients;

    AgentInputITCase() throws IOException {
        kafka = LocalKafka.start();
        clients = new KafkaClients(kafka.bootstrapServers(), Map.of());
    }

    @AfterAll
    void stopBroker() {
        kafka.close();
    }

    /** First looked at, then run: what the one says, the other does. */
    @Test
    void run_jsonLinesAfterADryRun_areSentAndMeasuredWithoutAnIdentifier(@TempDir Path directory)
            throws Exception {
        TestRoom room = created(TestRoom.file("lines"), directory);
        StringBuilder lines = new StringBuilder("nonsense\n");
        for (int i = 0; i < 20; i++) {
            lines.append(view("v" + i, CANARY + i)).append('\n');
        }
        Path rejects = directory.resolve("rejects.csv");
        AgentConfig config =
                TestAgent.withInput(
                        TestAgent.config(
                                directory,
                                kafka.bootstrapServers(),
                                "publisher",
                                Clock.systemUTC()),
                        new InputConfig.JsonLines(
                                Files.writeString(directory.resolve("in.jsonl"), lines), rejects));

        StringWriter out = new StringWriter();
        new DryRun(config, new PrintWriter(out)).run();
        assertThat(out.toString().lines())
                .contains(
                        "publisher: would send 20 events",
                        "publisher:   LINE_MALFORMED 1",
                        "publisher:   epoch 730: 20 identifiers, 64 elements with padding");
        assertThat(Files.readString(rejects)).contains("1,,LINE_MALFORMED");
        assertThat(directory.resolve("state")).doesNotExist();
        assertThat(recordsOf(room)).isZero();

        CompletableFuture<URI> served = new CompletableFuture<>();
        RunObserver observer =
                new RunObserver() {
                    @Override
                    public void metricsServed(URI uri) {
                        served.complete(uri);
                    }
                };
        AgentConfig advertiser =
                TestAgent.withInput(
                        TestAgent.config(
                                directory,
                                kafka.bootstrapServers(),
                                "advertiser",
                                Clock.systemUTC()),
                        new InputConfig.JsonLines(
                                Files.writeString(directory.resolve("none.jsonl"), ""),
                                directory.resolve("none.csv")));
        try (TestAgent evaluator = TestAgent.start(advertiser, new RunObserver() {});
                TestAgent agent = TestAgent.start(TestAgent.withMetrics(config, 0), observer)) {
            agent.awaitDone();
            evaluator.awaitDone();
            URI uri = served.get(10, TimeUnit.SECONDS);
            Await.until(
                    "the stay",
                    Duration.ofSeconds(10),
                    () -> metrics(uri).contains("{state=\"staying\"} 1.0"));
            assertThat(metrics(uri))
                    .contains(
                            "sealroom_agent_input_events_total{outcome=\"sent\"} 20.0",
                            "sealroom_agent_input_rejects_total{reason=\"LINE_MALFORMED\"} 1.0",
                            "sealroom_agent_slices_sealed 18.0",
                            "sealroom_agent_tokens 20.0")
                    .doesNotContain(CANARY, "@b");
        }

        assertThat(TopicAudit.of(room, "publisher", kafka.bootstrapServers()).events()).hasSize(20);
        assertThat(rejects).content().doesNotContain(CANARY);
    }

    /** Between the two runs only what was acknowledged is committed. */
    @Test
    void run_rawTopicStoppedAndStartedAgain_losesNothing(@TempDir Path directory) throws Exception {
        created(TestRoom.live("raw-topic"), directory);
        kafka.createTopic("raw", 2, Map.of());
        try (KafkaProducer<byte[], byte[]> producer = clients.producer()) {
            for (int i = 0; i < 100; i++) {
                byte[] value =
                        (i == 50 ? "poison" : view("r" + i, "p" + i))
                                .getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>("raw", i % 2, null, value)).get();
            }
        }
        Path rejects = directory.resolve("raw-rejects.csv");
        AgentConfig config =
                TestAgent.withInput(
                        TestAgent.config(
                                directory,
                                kafka.bootstrapServers(),
                                "publisher",
                                Clock.systemUTC()),
                        new InputConfig.Topic(
                                new KafkaCluster(kafka.bootstrapServers(), Map.of()),
                                "raw",
                                "sealroom-test",
                                rejects));

        FakeSink first = new FakeSink(40, 60);
        assertThatThrownBy(() -> runUntil(config, first, () -> false))
                .hasRootCauseMessage("the sender broke");
        assertThat(first.closed).isTrue();
        FakeSink second = new FakeSink(100, 100);
        Set<String> acknowledged = new HashSet<>(first.acknowledged);
        runUntil(
                config,
                second,
                () -> {
                    acknowledged.addAll(second.acknowledged);
                    return acknowledged.size() == 99;
                });

        assertThat(second.closed).isTrue();
        assertThat(second.received).hasSizeLessThan(100);
        assertThat(Files.readAllLines(rejects)).contains("0,25,,LINE_MALFORMED");
        assertThat(committed("sealroom-test")).isEqualTo(100);
    }

    /** Though nobody writes there, and nobody closes it. */
    @Test
    void main_sigtermWhileStandardInputIsSilent_endsAtOnce(@TempDir Path directory)
            throws Exception {
        TestRoom room = created(TestRoom.file("silent"), directory);
        Path out = directory.resolve("out");
        try (AnvilCeremonyChain chain = AnvilCeremonyChain.open(room)) {
            Path config =
                    Files.writeString(
                            directory.resolve("agent.yaml"),
                            """
                        policy: policy.yaml
                        room: room.json
                        keys: publisher.json
                        chain: %s
                        kafka: {bootstrap: "%s"}
                        partner: publisher
                        state: state
                        input: {kind: jsonl, file: "-", rejects: rejects.csv}
                        metrics: {port: 0}
                        """
                                    .formatted(chain.rpcUrl(), kafka.bootstrapServers()));
            Process agent =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-Xmx128m",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    PartnerAgent.class.getName(),
                                    "--config",
                                    config.toString())
                            .redirectOutput(out.toFile())
                            .redirectError(directory.resolve("err").toFile())
                            .start();
            try {
                Await.until(
                        "its first line", Duration.ofSeconds(30), () -> text(out).contains("\n"));
                assertThat(text(out)).startsWith("publisher: metrics at http://127.0.0.1:");

                // More than a pipe holds: this returns when the agent reads.
                agent.getOutputStream().write(new byte[300_000]);
                agent.getOutputStream().flush();

                // Process.destroy would close its standard input, too.
                assertThat(agent.toHandle().destroy()).isTrue();

                assertThat(agent.waitFor(15, TimeUnit.SECONDS)).isTrue();
                assertThat(agent.exitValue()).isEqualTo(143);
            } finally {
                agent.destroyForcibly();
            }
        }
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ended as SIGTERM ends it. */
    private static void runUntil(AgentConfig config, FakeSink sink, BooleanSupplier enough)
            throws Exception {
        StopSignal stop = new StopSignal();
        CompletableFuture<Void> streaming = new CompletableFuture<>();
        CompletableFuture<Void> run = new CompletableFuture<>();
        RunObserver observer =
                new RunObserver() {
                    @Override
                    public void state(AgentState state) {
                        if (state == AgentState.STREAMING) {
                            streaming.complete(null);
                        }
                    }
                };
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                new AgentRun(config, observer, stop, parts -> sink).run();
                                run.complete(null);
                            } catch (AgentException | RuntimeException e) {
                                run.completeExceptionally(e);
                            }
                        },
                        "agent");
        thread.start();
        CompletableFuture.anyOf(streaming, run).get(20, TimeUnit.SECONDS);
        Await.until("enough", Duration.ofSeconds(20), () -> run.isDone() || enough.getAsBoolean());
        stop.stop();
        run.get(20, TimeUnit.SECONDS);
    }

    /** Acknowledges the first so many events, leaves others waiting, and breaks in the end. */
    private static final class FakeSink implements LiveSink {

        private final int answered;
        private final int broken;
        private final List<String> received = new CopyOnWriteArrayList<>();
        private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        private volatile boolean closed;

        FakeSink(int answered, int broken) {
            this.answered = answered;
            this.broken = broken;
        }

        @Override
        public synchronized CompletableFuture<SendOutcome> send(RawEvent event) {
            received.add(event.eventId());
            if (received.size() > broken) {
                return CompletableFuture.failedFuture(
                        AgentException.unavailable(null, "the sender broke"));
            }
            if (received.size() > answered) {
                return new CompletableFuture<>();
            }
            acknowledged.add(event.eventId());
            return CompletableFuture.completedFuture(new SendOutcome.Sent(0, received.size()));
        }

        @Override
        public CompletableFuture<AgentException> failure() {
            return new CompletableFuture<>();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static String metrics(URI uri) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private long recordsOf(TestRoom room) {
        List<TopicPartition> partitions =
                List.of(
                        new TopicPartition(Topics.events(room.policy().room(), "publisher"), 0),
                        new TopicPartition(Topics.events(room.policy().room(), "publisher"), 1));
        try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer(partitions)) {
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    private long committed(String group) throws Exception {
        try (Admin admin = clients.admin()) {
            return admin
                    .listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        }
    }

    private TestRoom created(TestRoom room, Path directory) throws Exception {
        room.write(directory);
        try (Admin admin = clients.admin()) {
            RoomTopics.create(admin, room.policy(), (short) 1);
        }
        return room;
    }

    private static String view(String eventId, String person) {
        return "{\"eventId\":\"%s\",\"idType\":\"email\",\"identifier\":\"%s@b\",\"timestamp\":%d,\"kind\":\"view\",\"cell\":\"news\"}"
                .formatted(eventId, person, START + 1);
    }
}
