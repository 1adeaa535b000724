package io.sealroom.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.local.parts.Await;
import io.sealroom.local.parts.LocalKafka;
import io.sealroom.schemas.record.Reject;
import io.sealroom.schemas.record.RejectReason;
import io.sealroom.streaming.flow.SourceRecord;
import io.sealroom.streaming.testing.TestingPartner;
import io.sealroom.streaming.testing.TestingRoom;
import io.sealroom.streaming.testing.TestingTopic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The source in running jobs, on a real broker. */
final class SealedSourceITCase {

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static LocalKafka kafka;

    @BeforeAll
    static void startKafka() throws IOException {
        kafka = LocalKafka.start();
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @Test
    void restore_silentPartnersAndOtherParallelism_windowsCloseOnceAndInTime(
            @TempDir Path directory) throws Exception {
        TestingRoom room = room("restore-room");
        TestingPartner publisher = room.partner("publisher");
        TestingPartner advertiser = room.partner("advertiser");
        try (TestingTopic publisherTopic = TestingTopic.create(kafka, publisher);
                TestingTopic advertiserTopic = TestingTopic.create(kafka, advertiser)) {
            publisher.write(0, publisher.events().view("ann", room.minute(1), "news"));
            publisher.write(1, publisher.events().view("bob", room.minute(2), "news"));
            publisher.sealAll(room.minute(70));
            publisher.write(0, publisher.events().view("cid", room.minute(71), "news"));
            advertiser.write(0, advertiser.events().conversion("ann", room.minute(30), 100));
            publisherTopic.publish();
            advertiserTopic.publish();

            // 1: the publisher is a slice and a window ahead; the advertiser holds the window.
            JobClient job = start(room, 2, null);
            awaitSeen(room, 4);
            String savepoint = stop(job, directory);
            assertThat(closed(room)).isEmpty();

            // 2: all partitions silent after the restore, then the advertiser's seal alone.
            job = start(room, 1, savepoint);
            advertiser.sealAll(room.minute(60));
            advertiserTopic.publish();
            awaitSeen(room, 5);
            assertThat(closed(room)).containsExactly("closed " + room.minute(0) + " 3");
            savepoint = stop(job, directory);

            // 3: a late event after the restore, and the second window.
            job = start(room, 2, savepoint);
            publisher.write(1, publisher.events().view("dan", room.minute(59), "news"));
            publisher.write(1, publisher.events().view("eve", room.minute(75), "news"));
            publisherTopic.publish();
            awaitSeen(room, 6);
            savepoint = stop(job, directory);

            // 4: the second window closes in a job that has seen none of its events.
            job = start(room, 2, savepoint);
            publisher.sealAll(room.minute(240));
            advertiser.sealAll(room.minute(240));
            publisherTopic.publish();
            advertiserTopic.publish();
            awaitSeen(room, 7);
            job.cancel().get();
        }
        assertThat(WindowProbe.seen(room.policy().room())).doesNotContain("late");
        assertThat(closed(room))
                .containsExactly(
                        "closed " + room.minute(0) + " 3", "closed " + room.minute(60) + " 2");
    }

    @Test
    void bounded_wholeRoom_everyRecordOnceAndVerdictsOfEverySlice() throws Exception {
        TestingRoom room = room("bounded-room");
        TestingPartner publisher = room.partner("publisher");
        try (TestingTopic topic = TestingTopic.create(kafka, publisher)) {
            for (int i = 0; i < 200; i++) {
                publisher.write(
                        i % 2,
                        publisher.events().view("person-" + i, room.minute(i / 4), "sports"));
            }
            publisher.append(0, new byte[] {1});
            publisher.sealAll(room.minute(240));
            topic.publish();
            List<SourceRecord> records = readAll(room, 2);
            assertThat(records).filteredOn(record -> record.event() != null).hasSize(200);
            assertThat(records).filteredOn(record -> record.verdict() != null).hasSize(8);
            assertThat(records)
                    .extracting(SourceRecord::reject)
                    .filteredOn(Objects::nonNull)
                    .containsExactly(new Reject("publisher", 0, 100, RejectReason.UNDECODABLE));
        }
    }

    @Test
    void bounded_transactions_abortedRecordsAndMarkersLeaveTheChainAlone() throws Exception {
        TestingRoom room = room("transaction-room");
        TestingPartner advertiser = room.partner("advertiser");
        TestingTopic.create(kafka, advertiser).close();
        advertiser.write(0, advertiser.events().conversion("ann", room.minute(1), 1));
        advertiser.seal(0, room.minute(10));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                kafka.bootstrapServers(),
                                "transactional.id",
                                "advertiser-0"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.initTransactions();
            for (byte[] value : advertiser.records(0)) {
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(advertiser.topic(), 0, null, new byte[] {9}))
                        .get();
                producer.abortTransaction();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(advertiser.topic(), 0, new byte[] {7}, value))
                        .get();
                producer.commitTransaction();
            }
            // Open to the end: a reader of committed records does not wait for it.
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(advertiser.topic(), 0, null, new byte[] {8})).get();
            List<SourceRecord> records =
                    read(room, "advertiser", source(room, "advertiser").upToNow(), 1);
            producer.abortTransaction();
            assertThat(records).hasSize(2);
            assertThat(records.get(0).event()).isNotNull();
            assertThat(records.get(1).verdict()).isNotNull();
        }
    }

    @Test
    void restore_nextRecordsDeleted_failsInsteadOfSkipping(@TempDir Path directory)
            throws Exception {
        TestingRoom room = room("trimmed-room");
        TestingPartner publisher = room.partner("publisher");
        TestingTopic.create(kafka, room.partner("advertiser")).close();
        try (TestingTopic topic = TestingTopic.create(kafka, publisher)) {
            publisher.write(0, publisher.events().view("ann", room.minute(1), "news"));
            topic.publish();
            JobClient job = start(room, 1, null);
            awaitSeen(room, 1);
            String savepoint = stop(job, directory);
            publisher.write(0, publisher.events().view("bob", room.minute(2), "news"));
            publisher.write(0, publisher.events().view("cid", room.minute(3), "news"));
            topic.publish();
            try (Admin admin =
                    Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                admin.deleteRecords(
                                Map.of(
                                        new TopicPartition(publisher.topic(), 0),
                                        RecordsToDelete.beforeOffset(2)))
                        .all()
                        .get();
            }
            JobClient restored = start(room, 1, savepoint);
            assertThatThrownBy(() -> restored.getJobExecutionResult().get())
                    .hasStackTraceContaining("OffsetOutOfRange");
        }
    }

    @Test
    void start_moreReadersThanPartitions_failsForGood() throws Exception {
        TestingRoom room = room("crowded-room");
        TestingTopic.create(kafka, room.partner("publisher")).close();
        assertFailsForGood(room, 3, "must be at most its 2 partitions, got 3");
    }

    @Test
    void start_topicWithOtherPartitions_failsForGood() throws Exception {
        TestingRoom room = room("narrow-room");
        kafka.createTopic(room.partner("publisher").topic(), 3, Map.of());
        assertFailsForGood(room, 1, "has 3 partitions, the policy says 2");
    }

    @Test
    void start_compactedTopic_failsForGood() throws Exception {
        TestingRoom room = room("compact-room");
        kafka.createTopic(
                room.partner("publisher").topic(), 2, Map.of("cleanup.policy", "compact"));
        assertFailsForGood(room, 1, "cleanup.policy=compact");
    }

    @Test
    void start_topicOfPackedBatches_failsForGood() throws Exception {
        TestingRoom room = room("packed-room");
        kafka.createTopic(
                room.partner("publisher").topic(), 2, Map.of("compression.type", "producer"));
        assertFailsForGood(room, 1, "compression.type=producer");
    }

    /**
     * 64 MB of zeros in a batch of a few kilobytes: Kafka unpacks what it stores and holds that
     * against the topic's bound. Packed batches that unpack to what is allowed stay welcome.
     */
    @Test
    void bounded_packedRecordBeyondTheBound_refusedToItsWriterAndTopicReadable() throws Exception {
        TestingRoom room = room("bomb-room");
        TestingPartner publisher = room.partner("publisher");
        TestingTopic.create(kafka, publisher).close();
        byte[] event = publisher.write(0, publisher.events().view("ann", room.minute(1), "news"));
        for (String packing : List.of("gzip", "zstd")) {
            try (KafkaProducer<byte[], byte[]> producer =
                    new KafkaProducer<>(
                            Map.of(
                                    "bootstrap.servers",
                                    kafka.bootstrapServers(),
                                    "compression.type",
                                    packing,
                                    "max.request.size",
                                    128 << 20,
                                    "buffer.memory",
                                    256L << 20),
                            new ByteArraySerializer(),
                            new ByteArraySerializer())) {
                ProducerRecord<byte[], byte[]> bomb =
                        new ProducerRecord<>(publisher.topic(), 0, null, new byte[64 << 20]);
                assertThatThrownBy(() -> producer.send(bomb).get())
                        .hasCauseInstanceOf(RecordTooLargeException.class);
                producer.send(new ProducerRecord<>(publisher.topic(), 0, null, event)).get();
            }
        }
        List<SourceRecord> records = readAll(room, 1);
        assertThat(records).hasSize(2).allMatch(record -> record.event() != null);
    }

    private static void assertFailsForGood(TestingRoom room, int parallelism, String message) {
        Configuration restartsForEver = new Configuration();
        restartsForEver.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        restartsForEver.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
        StreamExecutionEnvironment env = environment(restartsForEver);
        attach(env, room, "publisher", source(room, "publisher"), parallelism)
                .sinkTo(new DiscardingSink<>())
                .uid("nowhere");
        assertThatThrownBy(env::execute).hasStackTraceContaining(message);
    }

    private static JobClient start(TestingRoom room, int parallelism, @Nullable String savepoint)
            throws Exception {
        Configuration configuration = new Configuration();
        if (savepoint != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment env = environment(configuration);
        attach(env, room, "publisher", source(room, "publisher"), parallelism)
                .union(attach(env, room, "advertiser", source(room, "advertiser"), 1))
                .filter(record -> record.event() != null)
                .uid("events")
                .keyBy(WindowProbe::window, Types.LONG)
                .process(new WindowProbe(room.policy().room()), Types.STRING)
                .uid("probe")
                .sinkTo(new DiscardingSink<>())
                .uid("nowhere");
        return env.executeAsync();
    }

    private static String stop(JobClient job, Path directory) throws Exception {
        return job.stopWithSavepoint(
                        false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
                .get();
    }

    private static StreamExecutionEnvironment environment(Configuration configuration) {
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
        if (!configuration.contains(RestartStrategyOptions.RESTART_STRATEGY)) {
            configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(2);
        env.setMaxParallelism(128);
        return env;
    }

    private static DataStream<SourceRecord> attach(
            StreamExecutionEnvironment env,
            TestingRoom room,
            String partner,
            SealedSource source,
            int parallelism) {
        return env.fromSource(source, SealedSource.watermarks(room.policy()), partner)
                .setParallelism(parallelism)
                .uid("source-" + partner);
    }

    private static SealedSource source(TestingRoom room, String partner) {
        return SealedSource.of(
                room.policy(),
                room.identity(),
                partner,
                // All but the first are overridden: what the source depends on is not for setting.
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "isolation.level",
                        "read_uncommitted",
                        "auto.offset.reset",
                        "latest"));
    }

    private static List<SourceRecord> readAll(TestingRoom room, int parallelism) throws Exception {
        return read(room, "publisher", source(room, "publisher").upToNow(), parallelism);
    }

    @SuppressWarnings("try") // close() may be interrupted, and the test with it.
    private static List<SourceRecord> read(
            TestingRoom room, String partner, SealedSource source, int parallelism)
            throws Exception {
        StreamExecutionEnvironment env = environment(new Configuration());
        List<SourceRecord> records = new ArrayList<>();
        try (CloseableIterator<SourceRecord> iterator =
                attach(env, room, partner, source, parallelism).executeAndCollect()) {
            iterator.forEachRemaining(records::add);
        }
        return records;
    }

    private static void awaitSeen(TestingRoom room, int lines) {
        List<String> seen = WindowProbe.seen(room.policy().room());
        Await.until(lines + " lines of the probe", DEADLINE, () -> seen.size() >= lines);
    }

    private static List<String> closed(TestingRoom room) {
        return WindowProbe.seen(room.policy().room()).stream()
                .filter(line -> line.startsWith("closed"))
                .toList();
    }

    private static TestingRoom room(String name) {
        return TestingRoom.small(text -> text.replace("room: small-room", "room: " + name));
    }
}
