package io.sealroom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.contracts.InMemoryRoom;
import io.sealroom.contracts.RoomEvent;
import io.sealroom.local.parts.Await;
import io.sealroom.local.parts.LocalKafka;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.schemas.record.WithheldReason;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseRules;
import io.sealroom.streaming.flow.PendingRecord;
import io.sealroom.streaming.publish.OfferPace;
import io.sealroom.streaming.publish.PollOptions;
import io.sealroom.streaming.publish.QuorumPace;
import io.sealroom.streaming.source.SealedSourceException;
import io.sealroom.streaming.testing.LogLines;
import io.sealroom.streaming.testing.SharedRoom;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** PublishJob of three nodes, each with topics of its own, on one broker and one contract. */
class ThreeNodesITCase {

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(3)
                            .build());

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    /** Long enough that nobody loses patience while all three start. */
    private static final QuorumPace PATIENT = new QuorumPace(120_000, 2_000);

    private static final String ONE = NodesRoom.NODES.get(0);
    private static final String TWO = NodesRoom.NODES.get(1);
    private static final String THREE = NodesRoom.NODES.get(2);

    private static LocalKafka kafka;

    private final LogLines lines = LogLines.of("io.sealroom.publish");
    private final ScheduledExecutorService miner = Executors.newSingleThreadScheduledExecutor();
    private final List<JobClient> jobs = new ArrayList<>();
    private final AtomicInteger sent = new AtomicInteger();

    @BeforeAll
    static void startKafka() throws IOException {
        kafka = LocalKafka.start();
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @AfterEach
    void stop() throws Exception {
        for (JobClient job : jobs) {
            job.cancel().get(30, TimeUnit.SECONDS);
        }
        miner.shutdownNow();
        lines.close();
    }

    @Test
    void allAgree_publishedOncePerWindow_andReleasedByAllWithTheSameBytes() throws Exception {
        NodesRoom room = NodesRoom.named("agreeing-room");
        InMemoryRoom contract = open(room);
        for (String node : NodesRoom.NODES) {
            pending(room, node, room.releases());
            start(room, node, contract, PATIENT);
        }
        for (String node : NodesRoom.NODES) {
            awaitReleases(room, node, room.releases().size());
        }
        assertThat(releasedBytes(room, TWO)).isEqualTo(releasedBytes(room, ONE));
        assertThat(releasedBytes(room, THREE)).isEqualTo(releasedBytes(room, ONE));
        assertVerify(room, contract, room.releases());
        assertThat(sent).hasValue(windows(room));
        assertThat(lines.written()).noneMatch(line -> line.contains("does not agree"));
    }

    @Test
    void oneTampered_quorumOfTwoPublishes_andTheOtherHashIsReported() throws Exception {
        NodesRoom room = NodesRoom.named("tampered-room");
        InMemoryRoom contract = open(room);
        List<PendingRelease> honest = room.releases();
        PendingRelease victim = honest.get(0);
        PendingRelease tampered = room.tampered(victim);
        List<PendingRelease> mixed = new ArrayList<>(honest);
        mixed.set(0, tampered);
        pending(room, ONE, honest);
        pending(room, TWO, honest);
        pending(room, THREE, mixed);
        for (String node : NodesRoom.NODES) {
            start(room, node, contract, PATIENT);
        }
        awaitReleases(room, ONE, honest.size());
        awaitReleases(room, TWO, honest.size());
        awaitReleases(room, THREE, honest.size() - 1);
        Await.until("the tampered one", DEADLINE, () -> !withheld(room, THREE).isEmpty());
        assertThat(withheld(room, THREE))
                .containsExactly(
                        new Withheld(
                                victim.document().query(),
                                victim.document().start(),
                                victim.document().end(),
                                WithheldReason.CONFLICT,
                                null,
                                null));
        assertThat(withheld(room, ONE)).isEmpty();
        assertThat(releasedBytes(room, TWO)).isEqualTo(releasedBytes(room, ONE));
        assertThat(releasedBytes(room, ONE)).containsAll(releasedBytes(room, THREE));
        assertVerify(room, contract, honest);
        awaitReports(victim, tampered, ONE);
        awaitReports(victim, tampered, TWO);
    }

    @Test
    void oneDown_othersGoOn_andItCatchesUp() throws Exception {
        NodesRoom room = NodesRoom.named("lonely-room");
        InMemoryRoom contract = open(room);
        for (String node : List.of(ONE, TWO)) {
            pending(room, node, room.releases());
            start(room, node, contract, PATIENT);
        }
        awaitReleases(room, ONE, room.releases().size());
        awaitReleases(room, TWO, room.releases().size());
        int sentByTwo = sent.get();
        pending(room, THREE, room.releases());
        start(room, THREE, contract, PATIENT);
        awaitReleases(room, THREE, room.releases().size());
        assertThat(releasedBytes(room, THREE)).isEqualTo(releasedBytes(room, ONE));
        assertThat(sent).hasValue(sentByTwo);
        assertVerify(room, contract, room.releases());
    }

    /** A stranger writes, and neither commits nor aborts. */
    @Test
    void transactionLeftOpenOnTheSignaturesTopic_holdsUpNothing() throws Exception {
        NodesRoom room = NodesRoom.named("stalled-room");
        InMemoryRoom contract = open(room);
        String topic = Topics.signatures(room.policy().room());
        try (KafkaProducer<byte[], byte[]> stranger = RoomTopic.transactional(kafka, topic)) {
            stranger.beginTransaction();
            var unused = stranger.send(new ProducerRecord<>(topic, new byte[] {1}));
            stranger.flush();
            for (String node : List.of(ONE, TWO)) {
                pending(room, node, room.releases());
                start(room, node, contract, PATIENT);
            }
            awaitReleases(room, ONE, room.releases().size());
            awaitReleases(room, TWO, room.releases().size());
        }
        assertVerify(room, contract, room.releases());
    }

    /** The third node is down, and one of the two that make the quorum lacks a query. */
    @Test
    void onlyOneQueryComesToAQuorum_itGoesAlone() throws Exception {
        NodesRoom room = NodesRoom.named("partial-room");
        InMemoryRoom contract = open(room);
        List<PendingRelease> all = room.releases();
        PendingRelease missing = all.get(0);
        List<PendingRelease> rest = all.subList(1, all.size());
        pending(room, ONE, all);
        pending(room, TWO, rest);
        for (String node : List.of(ONE, TWO)) {
            start(room, node, contract, new QuorumPace(500, 200));
        }
        awaitReleases(room, ONE, rest.size());
        awaitReleases(room, TWO, rest.size());
        assertThat(releasedBytes(room, TWO)).isEqualTo(releasedBytes(room, ONE));
        assertVerify(room, contract, rest);
        assertThat(
                        contract.releaseHash(
                                NodesRoom.word(missing.document().queryId()),
                                missing.document().start()))
                .isEmpty();
    }

    @Test
    void topicThatIsNotKept_refusedForGood() throws Exception {
        NodesRoom room = NodesRoom.named("forgetful-room");
        InMemoryRoom contract = room.contract();
        String topic = Topics.signatures(room.policy().room());
        kafka.createTopic(topic, 1, Map.of("retention.ms", "604800000"));
        RoomTopic.createOwn(kafka, room.policy(), ONE);
        start(room, ONE, contract, PATIENT);
        assertRefused(String.format("topic %s has retention.ms=604800000, wanted is -1", topic));
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> jobs.remove(0).getJobExecutionResult().get(60, TimeUnit.SECONDS))
                .satisfies(
                        thrown ->
                                assertThat(
                                                ExceptionUtils.findThrowable(
                                                        thrown, SealedSourceException.class))
                                        .get(InstanceOfAssertFactories.THROWABLE)
                                        .hasMessageContaining(message));
    }

    /** 30,003 rows: several times what a topic takes unless told. */
    @Test
    void releaseOfTenThousandCells_goesThroughPendingAndReleases() throws Exception {
        NodesRoom room = NodesRoom.ofCells("large-room", 10_000);
        String name = room.policy().room();
        InMemoryRoom contract = contract(room);
        String limit = Integer.toString(Topics.releaseBytesMax(room.policy()));
        for (String topic : List.of(Topics.pending(name, ONE), Topics.releases(name, ONE))) {
            kafka.createTopic(topic, 1, Map.of("retention.ms", "-1", "max.message.bytes", limit));
        }
        kafka.createTopic(Topics.withheld(name, ONE), 1, Map.of());
        PendingRelease release = room.full();
        assertThat(release.document().rows()).hasSize(30_003);
        RoomTopic.produceValues(
                kafka,
                Topics.signatures(name),
                List.of(Codecs.SIGNED_RELEASES.encode(room.signed(TWO, List.of(release)))));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.fromData(TypeInformation.of(PendingRecord.class), PendingRecord.of(release.document()))
                .sinkTo(new NodeTopics(room.settings(ONE, kafka.bootstrapServers())).pending());
        env.execute("pending");
        start(room, ONE, contract, PATIENT);
        awaitReleases(room, ONE, 1);
        assertThat(RoomTopic.read(kafka, Topics.releases(name, ONE), Codecs.RELEASE))
                .extracting(Release::pending)
                .containsExactly(release);
    }

    /** Else it would end each time that such a release comes. */
    @Test
    void topicThatIsTooSmallForTheLargestRelease_refusedForGood() throws Exception {
        NodesRoom room = NodesRoom.ofCells("cramped-room", 10_000);
        kafka.createTopic(Topics.signatures(room.policy().room()), 1, Map.of());
        RoomTopic.createOwn(kafka, room.policy(), ONE);
        start(room, ONE, room.contract(), PATIENT);
        assertRefused(
                String.format(
                        "topic %s has max.message.bytes=1048588, the policy's largest release needs"
                                + " %d",
                        Topics.pending(room.policy().room(), ONE),
                        Topics.releaseBytesMax(room.policy())));
    }

    private InMemoryRoom open(NodesRoom room) throws IOException {
        for (String node : NodesRoom.NODES) {
            RoomTopic.createOwn(kafka, room.policy(), node);
        }
        return contract(room);
    }

    /** And the topic that its nodes share. */
    private InMemoryRoom contract(NodesRoom room) throws IOException {
        kafka.createTopic(Topics.signatures(room.policy().room()), 1, Map.of());
        InMemoryRoom contract = room.contract();
        var unused =
                miner.scheduleAtFixedRate(() -> contract.mine(1), 0, 50, TimeUnit.MILLISECONDS);
        return contract;
    }

    private void start(NodesRoom room, String node, InMemoryRoom contract, QuorumPace pace)
            throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(1);
        SharedRoom shared = SharedRoom.of(CountedRoom.of(contract, sent));
        PublishJob.build(
                env,
                room.settings(node, kafka.bootstrapServers()),
                () -> NodesRoom.key(node),
                shared,
                shared,
                new PublishPace(
                        new OfferPace(10, 100, 10, 10_000, 8),
                        new PollOptions(10, 10, 100, 100),
                        pace));
        jobs.add(env.executeAsync("publish " + node));
    }

    private static void pending(NodesRoom room, String node, List<PendingRelease> releases) {
        RoomTopic.produceValues(
                kafka,
                Topics.pending(room.policy().room(), node),
                releases.stream().map(Codecs.PENDING_RELEASE::encode).toList());
    }

    private static void awaitReleases(NodesRoom room, String node, int count) {
        String topic = Topics.releases(room.policy().room(), node);
        Await.until(
                count + " releases of " + node,
                DEADLINE,
                () -> RoomTopic.count(kafka, topic) >= count);
        assertThat(RoomTopic.count(kafka, topic)).isEqualTo(count);
    }

    private static List<Withheld> withheld(NodesRoom room, String node) {
        return RoomTopic.read(kafka, Topics.withheld(room.policy().room(), node), Codecs.WITHHELD);
    }

    private static Set<String> releasedBytes(NodesRoom room, String node) {
        return RoomTopic.values(kafka, Topics.releases(room.policy().room(), node)).stream()
                .map(HexFormat.of()::formatHex)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the first node released is what it should be, and the chain says so, row by row. */
    private static void assertVerify(
            NodesRoom room, InMemoryRoom contract, List<PendingRelease> expected)
            throws IOException {
        List<Release> releases =
                RoomTopic.read(kafka, Topics.releases(room.policy().room(), ONE), Codecs.RELEASE);
        assertThat(releases)
                .extracting(Release::pending)
                .containsExactlyInAnyOrderElementsOf(expected);
        for (PendingRelease release : expected) {
            assertThat(ReleaseRules.faults(release)).isEmpty();
            assertThat(NodesRoom.verifies(contract, release)).isTrue();
        }
        assertThat(contract.events(0, contract.headBlock()))
                .filteredOn(RoomEvent.Published.class::isInstance)
                .hasSize(expected.size());
    }

    /** Each names window, query, node and both hashes. */
    private void awaitReports(PendingRelease victim, PendingRelease tampered, String reporter) {
        String report =
                String.format(
                        "ERROR Node %s does not agree on query %s window %d..%d: it signed %s, node %s"
                                + " expects %s",
                        THREE,
                        victim.document().queryId(),
                        victim.document().start(),
                        victim.document().end(),
                        tampered.releaseHash(),
                        reporter,
                        victim.releaseHash());
        Await.until(
                "the report of " + reporter,
                DEADLINE,
                () -> lines.written().stream().filter(l -> l.startsWith(report)).count() == 1);
    }

    private static int windows(NodesRoom room) {
        return (int)
                room.releases().stream()
                        .map(r -> r.document().start() + ".." + r.document().end())
                        .distinct()
                        .count();
    }
}
