package io.sealroom.partner.kit;

import static io.sealroom.partner.room.TestRoom.SLICE;
import static io.sealroom.partner.room.TestRoom.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.sealroom.local.parts.Await;
import io.sealroom.local.parts.LocalKafka;
import io.sealroom.partner.TopicAudit;
import io.sealroom.partner.event.CheckedEvent;
import io.sealroom.partner.event.EventEncoder;
import io.sealroom.partner.event.EventOutcome;
import io.sealroom.partner.event.RawEvent;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.room.TestRoom;
import io.sealroom.partner.topic.KafkaClients;
import io.sealroom.partner.topic.RoomTopics;
import io.sealroom.partner.topic.TopicRecords;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** One partner's producers, one after the other, with a clock and tokens that tests set. */
public final class TestProducer implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    final SettableClock clock = new SettableClock(START);
    final TestingTokens tokens = new TestingTokens();

    private final String bootstrap;
    private final TestRoom room;
    private final Membership member;
    private final Path state;
    private final KafkaClients clients;
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final AtomicLong sealedUntil = new AtomicLong(START);
    private @Nullable BlindedEventProducer producer;

    private TestProducer(String bootstrap, TestRoom room, Membership member, Path state) {
        this.bootstrap = bootstrap;
        this.room = room;
        this.member = member;
        this.state = state;
        this.clients = new KafkaClients(bootstrap, Map.of());
    }

    /** The publisher's, with the room's topics. */
    public static TestProducer of(LocalKafka kafka, TestRoom room, Path state) throws IOException {
        return of(kafka, room, room.member("publisher"), state);
    }

    static TestProducer of(LocalKafka kafka, TestRoom room, Membership member, Path state)
            throws IOException {
        TestProducer made = new TestProducer(kafka.bootstrapServers(), room, member, state);
        try (Admin admin = made.clients.admin()) {
            RoomTopics.create(admin, room.policy(), (short) 1);
        }
        return made;
    }

    public void start() throws Exception {
        start(new WriterObserver() {});
    }

    /** Sends what it is given, and dies when the seals of the first slice are stored. */
    public void startAndDieWithSealsStored() throws Exception {
        start(
                new WriterObserver() {
                    @Override
                    public void sealsStored(long from, long to) {
                        throw new IllegalStateException("died");
                    }
                });
    }

    public void setClock(long millis) {
        clock.set(millis);
    }

    /** Leaves an earlier one as its failure left it. */
    void start(WriterObserver observer) throws Exception {
        if (producer != null) {
            producer.close();
        }
        producer =
                BlindedEventProducer.start(
                        new ProducerParts(member, clients, state, tokens, clock, registry),
                        new ProducerOptions(100, 8, Duration.ofMillis(5), Duration.ofMillis(200)),
                        new Watching(observer));
    }

    /**
     * One life: sends what nobody was told about, sets the clock beyond its slice, and waits until
     * that is sealed.
     *
     * @return whether it got there, and did not die before
     */
    boolean lives(WriterObserver observer, Map<String, Long> untold) throws Exception {
        try {
            start(observer);
        } catch (IllegalStateException diedWhileStarting) {
            return false;
        }
        Map<String, CompletableFuture<SendOutcome>> sent = new HashMap<>();
        for (Map.Entry<String, Long> event : untold.entrySet()) {
            sent.put(event.getKey(), send(event.getKey(), event.getValue()));
        }
        // What earlier lives left unsealed is due now, and no longer holds back what is ahead.
        clock.set(clock.millis() + policy().graceMillis());
        Await.until(
                "every event to be settled",
                PATIENCE,
                () -> sent.values().stream().allMatch(CompletableFuture::isDone));
        for (Map.Entry<String, CompletableFuture<SendOutcome>> event : sent.entrySet()) {
            if (!event.getValue().isCompletedExceptionally()) {
                assertThat(event.getValue().join())
                        .isInstanceOfAny(SendOutcome.Sent.class, SendOutcome.AlreadySent.class);
                untold.remove(event.getKey());
            }
        }
        clock.set(clock.millis() + SLICE);
        CompletableFuture<AgentException> failure = running().failure();
        Await.until(
                "the slices to be sealed",
                PATIENCE,
                () -> failure.isDone() || sealedUntil.get() >= START + slicesOver() * SLICE);
        return !failure.isDone();
    }

    /** Slices of the room that are due by the clock. */
    int slicesOver() {
        return (int) ((clock.millis() - policy().graceMillis() - START) / SLICE);
    }

    private final class Watching implements WriterObserver {
        private final WriterObserver next;

        Watching(WriterObserver next) {
            this.next = next;
        }

        @Override
        public void noted(int partition) {
            next.noted(partition);
        }

        @Override
        public void committed(int partition) {
            next.committed(partition);
        }

        @Override
        public void sealsStored(long from, long to) {
            next.sealsStored(from, to);
        }

        @Override
        public void sealSent(int partition, long to) {
            if (partition == 0) {
                sealedUntil.set(to);
            }
            next.sealSent(partition, to);
        }
    }

    public CompletableFuture<SendOutcome> send(String id, long time) throws InterruptedException {
        return send(id, "ann@example.org", time);
    }

    CompletableFuture<SendOutcome> send(String id, String identifier, long time)
            throws InterruptedException {
        return running().send(view(id, identifier, time));
    }

    CompletableFuture<SendOutcome> sendConversion(String id, long time)
            throws InterruptedException {
        return running()
                .send(
                        new RawEvent(
                                id,
                                IdentifierKind.EMAIL,
                                "ann@example.org",
                                time,
                                EventKind.CONVERSION,
                                null,
                                5L));
    }

    /** One a minute from the room's start. */
    public List<CompletableFuture<SendOutcome>> sendMany(int count) throws InterruptedException {
        List<CompletableFuture<SendOutcome>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(send("v" + i, START + 60_000L * i));
        }
        return sent;
    }

    /** Completes when the running one has closed itself because it failed. */
    CompletableFuture<Void> closedByItsFailure() {
        return running().failure().thenRun(running()::close);
    }

    /** Closes the running one; sending to it is still possible, and in vain. */
    public void stop() {
        running().close();
    }

    public void flush() throws Exception {
        running().flush();
    }

    public AgentException failure() throws Exception {
        return running().failure().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** When the n-th slice of the room is sealed. */
    public long due(int slice) {
        return START + slice * SLICE + policy().graceMillis();
    }

    /** End of the last seal of partition 0. */
    long sealedUntil() {
        return sealedUntil.get();
    }

    public void awaitSealed(int slices) {
        Await.until("slice " + slices, PATIENCE, () -> sealedUntil.get() >= START + slices * SLICE);
    }

    void awaitHeld(int events) {
        Await.until("events to wait for tokens", PATIENCE, () -> tokens.held() >= events);
    }

    /** Sets the clock so late that whatever is held back is due, and no further slice is. */
    public void seal(int slices) {
        clock.set(START + (slices + 1) * SLICE);
        awaitSealed(slices);
    }

    /** Of a topic that is sealed as far as {@link #awaitSealed} saw it. */
    TopicAudit audit() throws Exception {
        return TopicAudit.of(room, member.name(), bootstrap, sealedUntil());
    }

    public List<byte[]> committed(int partition) {
        return TopicRecords.committed(bootstrap, topic(), partition);
    }

    public int partitionOf(String id) throws AgentException {
        return encoder().partition(checked(id).eventId());
    }

    byte[] record(String id) throws AgentException {
        CheckedEvent event = checked(id);
        long epoch = policy().epochOf(event.eventTime());
        return encoder().encode(event, List.of(TestingTokens.tokenOf(epoch, "ann@example.org")));
    }

    /** Written under the writer's transactional id, and not committed. */
    AutoCloseable openTransaction(int partition, byte[] value) {
        KafkaProducer<byte[], byte[]> open =
                clients.transactionalProducer(
                        "sealroom-" + policy().room() + "-" + member.name() + "-" + partition);
        open.initTransactions();
        open.beginTransaction();
        try {
            open.send(new ProducerRecord<>(topic(), partition, null, value)).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return () -> open.close(Duration.ZERO);
    }

    double metric(String name, String... label) {
        return registry.scrape(name::equals).stream()
                .flatMap(snapshot -> snapshot.getDataPoints().stream())
                .filter(
                        point ->
                                label.length == 0
                                        || point.getLabels().stream()
                                                .anyMatch(l -> l.getValue().equals(label[0])))
                .mapToDouble(TestProducer::value)
                .sum();
    }

    private static double value(DataPointSnapshot point) {
        return point instanceof CounterSnapshot.CounterDataPointSnapshot counter
                ? counter.getValue()
                : ((GaugeSnapshot.GaugeDataPointSnapshot) point).getValue();
    }

    public static void assertSent(CompletableFuture<SendOutcome> outcome) {
        assertThat(outcome).succeedsWithin(PATIENCE).isInstanceOf(SendOutcome.Sent.class);
    }

    private static RawEvent view(String id, String identifier, long time) {
        return new RawEvent(
                id, IdentifierKind.EMAIL, identifier, time, EventKind.VIEW, "news", null);
    }

    private CheckedEvent checked(String id) throws AgentException {
        EventOutcome outcome = LiveRules.of(member).check(view(id, "ann@example.org", START));
        return ((EventOutcome.Accepted) outcome).event();
    }

    private EventEncoder encoder() {
        return new EventEncoder(policy(), member.self().partitions());
    }

    private String topic() {
        return Topics.events(policy().room(), member.name());
    }

    private Policy policy() {
        return member.policy();
    }

    private BlindedEventProducer running() {
        if (producer == null) {
            throw new IllegalStateException("not started");
        }
        return producer;
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close();
        }
    }
}
