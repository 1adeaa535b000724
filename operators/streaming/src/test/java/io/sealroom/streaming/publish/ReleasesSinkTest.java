package io.sealroom.streaming.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.local.parts.Await;
import io.sealroom.local.parts.LocalKafka;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.streaming.testing.LogLines;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The sink of the releases topic on a real broker, and what ends in between. */
class ReleasesSinkTest {

    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final SinkWriter.Context UNUSED =
            new SinkWriter.Context() {
                @Override
                public long currentWatermark() {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Long timestamp() {
                    throw new UnsupportedOperationException();
                }
            };

    /** What the policy's largest release takes. */
    private static final int RECORD_MAX = 5_000_000;

    private static LocalKafka kafka;

    private final LogLines lines = LogLines.of("io.sealroom.publish");
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final String topic;
    private WriterContextStub context = new WriterContextStub(new TestMailbox());

    ReleasesSinkTest(TestInfo test) throws IOException {
        topic = test.getTestMethod().orElseThrow().getName();
        kafka.createTopic(topic, 1, Map.of());
    }

    @BeforeAll
    static void startKafka() throws IOException {
        kafka = LocalKafka.start();
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
        lines.close();
    }

    @Test
    void flush_committedAtOnceAndNothingLeftOpen() throws Exception {
        var writer = writer();
        write(writer, 1, 2);
        assertThat(committed()).isEmpty();
        writer.flush(false);
        writer.flush(false);
        assertCommitted("release 1", "release 2");
        assertThat(context.count("releasesWritten")).isEqualTo(2);
        assertThat(openTransactions()).isZero();
    }

    /** The gate settled them, or did not: both come down to what stands on the topic. */
    @Test
    void endedBetweenCommitAndCheckpoint_repeatsDropped() throws Exception {
        var dead = writer();
        write(dead, 1, 2);
        dead.flush(false);
        var writer = writer();
        write(writer, 1, 2, 3);
        writer.flush(false);
        assertCommitted("release 1", "release 2", "release 3");
        assertThat(context.count("repeatsDropped")).isEqualTo(2);
        assertThat(context.count("releasesWritten")).isEqualTo(1);
    }

    /** The transaction of the dead one ends with the next start, not with its timeout. */
    @Test
    void endedBetweenProduceAndCommit_writtenOnceAndReadableAtOnce() throws Exception {
        var before = writer();
        write(before, 1);
        before.flush(false);
        leaveOpen(release(2));
        assertThat(openTransactions()).isEqualTo(1);
        var writer = writer();
        assertThat(openTransactions()).isZero();
        write(writer, 1, 2);
        writer.flush(false);
        assertCommitted("release 1", "release 2");
        assertThat(uncommitted()).containsExactly("release 1", "release 2", "release 2");
    }

    /** What the broker does to a transaction whose time is over. */
    @Test
    void pausedForLongerThanTheTimeout_failsAndTheNextWritesIt() throws Exception {
        var paused = writer();
        write(paused, 1);
        paused.flush(false);
        write(paused, 2);
        try (Admin admin = admin()) {
            admin.fenceProducers(List.of(topic)).all().get();
        }
        assertTakenAway(paused);
        var writer = writer();
        write(writer, 1, 2);
        writer.flush(false);
        assertCommitted("release 1", "release 2");
    }

    @Test
    void twoAtOnce_laterTakesTheTopicAndNothingIsTwice() throws Exception {
        var first = writer();
        write(first, 1);
        var second = writer();
        write(second, 1);
        assertTakenAway(first);
        var third = writer();
        write(third, 1);
        third.flush(false);
        assertTakenAway(second);
        var fourth = writer();
        write(fourth, 1);
        fourth.flush(false);
        assertCommitted("release 1");
    }

    @Test
    void commitHeardButNotAnswered_notWrittenAgain() throws Exception {
        var unlucky = writer(losingCommits(true));
        write(unlucky, 1);
        assertThatThrownBy(() -> unlucky.flush(false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nothing is lost or written twice");
        var writer = writer();
        write(writer, 1);
        writer.flush(false);
        assertThat(context.count("repeatsDropped")).isEqualTo(1);
        assertCommitted("release 1");
    }

    @Test
    void commitNotHeard_writtenAgain() throws Exception {
        var unlucky = writer(losingCommits(false));
        write(unlucky, 1);
        assertThatThrownBy(() -> unlucky.flush(false)).isInstanceOf(IOException.class);
        var writer = writer();
        write(writer, 1);
        writer.flush(false);
        assertThat(context.count("releasesWritten")).isEqualTo(1);
        assertCommitted("release 1");
    }

    @Test
    void otherBytesForAKey_firstStandsAndAlarm() throws Exception {
        var before = writer();
        write(before, 1);
        before.flush(false);
        var writer = writer();
        writer.write(new ReleaseRecord(release(1).key(), bytes("other")), UNUSED);
        write(writer, 2);
        writer.write(new ReleaseRecord(release(2).key(), bytes("other")), UNUSED);
        writer.flush(false);
        assertCommitted("release 1", "release 2");
        assertThat(context.count("differingRepeats")).isEqualTo(2);
        assertThat(lines.written())
                .filteredOn(line -> line.startsWith("ERROR The releases topic holds query"))
                .hasSize(2);
    }

    @Test
    void manyBeforeABarrier_doNotWaitForIt() throws Exception {
        var writer = writer();
        write(writer, IntStream.range(0, ReleasesWriter.WAITING_MAX).toArray());
        awaitNothingOpen();
        assertThat(committed()).hasSize(ReleasesWriter.WAITING_MAX);
    }

    @Test
    void manyBytesBeforeABarrier_doNotWaitForIt() throws Exception {
        String large = topic + "-large";
        kafka.createTopic(large, 1, Map.of("max.message.bytes", Integer.toString(RECORD_MAX)));
        var writer = writer(large, producer(large), DEADLINE);
        byte[] release = new byte[RECORD_MAX - 1_000];
        int waiting = (int) (ReleasesWriter.WAITING_BYTES_MAX / release.length);
        for (int window = 0; window < waiting; window++) {
            writer.write(new ReleaseRecord(release(window).key(), release), UNUSED);
        }
        assertThat(context.count("releasesWritten")).isZero();
        writer.write(new ReleaseRecord(release(waiting).key(), release), UNUSED);
        assertThat(context.count("releasesWritten")).isEqualTo(waiting + 1);
    }

    @Test
    void largerThanTheTopicTakes_failsForGood() throws Exception {
        String small = topic + "-small";
        kafka.createTopic(small, 1, Map.of("max.message.bytes", "1000"));
        var writer = writer(small, producer(small), DEADLINE);
        writer.write(new ReleaseRecord(release(1).key(), new byte[2_000]), UNUSED);
        assertThatThrownBy(() -> writer.flush(false))
                .isInstanceOf(SuppressRestartsException.class)
                .hasStackTraceContaining("Set its max.message.bytes to 5000000");
    }

    /** Releases may stand behind it that cannot be seen yet. */
    @Test
    void strangersTransactionOpen_doesNotStart() throws Exception {
        var before = writer();
        try (Producer<byte[], byte[]> stranger = producer("stranger")) {
            stranger.initTransactions();
            stranger.beginTransaction();
            stranger.send(new ProducerRecord<>(topic, 0, null, bytes("foreign"))).get();
            write(before, 1);
            before.flush(false);
            assertThat(committed()).isEmpty();
            assertThatThrownBy(() -> writer(topic, producer(topic), Duration.ofMillis(500)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("somebody else has a transaction open");
            stranger.abortTransaction();
        }
        var writer = writer();
        write(writer, 1);
        writer.flush(false);
        assertCommitted("release 1");
    }

    @Test
    void recordsOfNoRelease_passedOverWithAnAlarm() throws Exception {
        try (Producer<byte[], byte[]> stranger =
                new KafkaProducer<>(
                        new HashMap<>(properties()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            stranger.send(new ProducerRecord<>(topic, 0, null, bytes("no key"))).get();
            stranger.send(new ProducerRecord<>(topic, 0, bytes("short"), bytes("x"))).get();
            stranger.send(new ProducerRecord<>(topic, 0, release(1).key().toBytes(), null)).get();
        }
        var writer = writer();
        write(writer, 1);
        writer.flush(false);
        assertThat(context.count("releasesWritten")).isEqualTo(1);
        assertThat(lines.written()).filteredOn(l -> l.contains("was passed over")).hasSize(3);
    }

    /** Kafka's default would go on from the end, and what stands between would be written again. */
    @Test
    void recordsDeletedWhileRead_failsAndPassesNothingOver() throws Exception {
        var before = writer();
        for (int window = 1; window <= 3; window++) {
            write(before, window);
            before.flush(false);
        }
        awaitNothingOpen();
        Map<String, String> oneByOne = new HashMap<>(properties());
        oneByOne.put("max.poll.records", "1");
        oneByOne.put("max.partition.fetch.bytes", "1");
        List<String> read = new ArrayList<>();
        assertThatThrownBy(
                        () ->
                                new ReleasesReader(topic, oneByOne)
                                        .forEach(
                                                release -> {
                                                    read.add(text(release.value()));
                                                    deleteBefore(4);
                                                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be read");
        assertThat(read).doesNotContain("release 3");
    }

    @Test
    void firstRecordsDeleted_alarm() throws Exception {
        var before = writer();
        write(before, 1);
        before.flush(false);
        write(before, 2);
        before.flush(false);
        awaitNothingOpen();
        deleteBefore(2);
        var writer = writer();
        write(writer, 1, 2);
        writer.flush(false);
        assertCommitted("release 2", "release 1");
        assertThat(lines.written())
                .anyMatch(line -> line.matches("ERROR Topic .* begins at offset 2: .*"));
    }

    @Test
    void kafkaAway_fails() {
        Map<String, String> nowhere =
                Map.of("bootstrap.servers", "127.0.0.1:1", "max.block.ms", "200");
        assertThatThrownBy(
                        () ->
                                new ReleasesSink(topic, RECORD_MAX, nowhere)
                                        .createWriter(new WriterContextStub(new TestMailbox())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be taken over");
    }

    private static void assertTakenAway(SinkWriter<ReleaseRecord> writer) {
        assertThatThrownBy(() -> writer.flush(false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was taken away from this task");
    }

    private static ReleaseRecord release(int window) {
        return new ReleaseRecord(
                new ReleaseKey(Digests.id("query"), window * TestRoom.HOUR),
                bytes("release " + window));
    }

    private static void write(SinkWriter<ReleaseRecord> writer, int... windows) throws Exception {
        for (int window : windows) {
            writer.write(release(window), UNUSED);
        }
    }

    private SinkWriter<ReleaseRecord> writer() throws IOException {
        return writer(topic, producer(topic), DEADLINE);
    }

    private SinkWriter<ReleaseRecord> writer(Producer<byte[], byte[]> producer) throws IOException {
        return writer(topic, producer, DEADLINE);
    }

    private SinkWriter<ReleaseRecord> writer(
            String name, Producer<byte[], byte[]> producer, Duration patience) throws IOException {
        context = new WriterContextStub(new TestMailbox());
        var writer =
                ReleasesWriter.open(
                        new ReleasesProducer(name, RECORD_MAX, producer),
                        new ReleasesReader(name, properties(), patience),
                        context.metricGroup());
        opened.add(writer);
        return writer;
    }

    private static Producer<byte[], byte[]> producer(String id) {
        return ReleasesProducer.transactional(id, properties());
    }

    /** A writer that is gone in the middle of a transaction. */
    private void leaveOpen(ReleaseRecord release) throws Exception {
        Producer<byte[], byte[]> dead = producer(topic);
        dead.initTransactions();
        dead.beginTransaction();
        dead.send(new ProducerRecord<>(topic, 0, release.key().toBytes(), release.value())).get();
        dead.close(Duration.ZERO);
    }

    /**
     * @param heard whether Kafka commits what it is asked to, and only its answer is lost
     */
    private Producer<byte[], byte[]> losingCommits(boolean heard) {
        Producer<byte[], byte[]> real = producer(topic);
        @SuppressWarnings("unchecked") // What it hands on to is one.
        Producer<byte[], byte[]> losing =
                (Producer<byte[], byte[]>)
                        Proxy.newProxyInstance(
                                ReleasesSinkTest.class.getClassLoader(),
                                new Class<?>[] {Producer.class},
                                (proxy, method, arguments) -> {
                                    if (!method.getName().equals("commitTransaction")) {
                                        return invoke(real, method, arguments);
                                    }
                                    if (heard) {
                                        real.commitTransaction();
                                    } else {
                                        real.flush();
                                    }
                                    throw new TimeoutException("no answer");
                                });
        return losing;
    }

    private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Map<String, String> properties() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }

    private static Admin admin() {
        return Admin.create(new HashMap<>(properties()));
    }

    private long openTransactions() throws Exception {
        try (Admin admin = admin()) {
            return admin.listTransactions().all().get().stream()
                    .filter(found -> found.transactionalId().equals(topic))
                    .filter(found -> found.state() == TransactionState.ONGOING)
                    .count();
        }
    }

    private List<String> committed() {
        return read("read_committed");
    }

    private List<String> uncommitted() {
        return read("read_uncommitted");
    }

    /** A commit is decided a moment before its mark stands on the topic. */
    private void assertCommitted(String... values) {
        awaitNothingOpen();
        assertThat(committed()).containsExactly(values);
    }

    private void awaitNothingOpen() {
        Await.until(
                "the marks of all transactions",
                DEADLINE,
                () -> end("read_committed") == end("read_uncommitted"));
    }

    private long end(String isolation) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(isolation)) {
            return end(consumer);
        }
    }

    private long end(KafkaConsumer<byte[], byte[]> consumer) {
        TopicPartition partition = new TopicPartition(topic, 0);
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    private List<String> read(String isolation) {
        TopicPartition partition = new TopicPartition(topic, 0);
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(isolation)) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = end(consumer);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(r -> values.add(new String(r.value(), StandardCharsets.UTF_8)));
            }
        }
        return values;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String isolation) {
        Map<String, Object> config = new HashMap<>(properties());
        config.put("isolation.level", isolation);
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Offsets count marks of transactions too. */
    private void deleteBefore(long offset) {
        try (Admin admin = admin()) {
            admin.deleteRecords(
                            Map.of(
                                    new TopicPartition(topic, 0),
                                    RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("records are not deleted", e);
        }
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
