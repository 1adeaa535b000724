package io.sealroom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.local.parts.Await;
import io.sealroom.local.parts.LocalChain;
import io.sealroom.local.parts.LocalKafka;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.Release;
import io.sealroom.streaming.publish.OfferPace;
import io.sealroom.streaming.publish.PollOptions;
import io.sealroom.streaming.publish.QuorumPace;
import io.sealroom.streaming.publish.Web3jRoomFactory;
import io.sealroom.streaming.testing.TestingEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * PublishJob of one node, killed while windows are published, on a real broker and a real chain;
 * what a second node signs is on the topic already.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class PublishKillsITCase {

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(1)
                            .build());

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final int HOURS = 12;
    private static final int KILLS = 3;
    private static final String ONE = NodesRoom.NODES.get(0);
    private static final String TWO = NodesRoom.NODES.get(1);

    private static LocalKafka kafka;
    private static LocalChain chain;

    /** The one that runs; each kill makes it the next. */
    private static int taskManager;

    private final TestingEndpoint endpoint;
    private final List<JobClient> started = new ArrayList<>();
    private final ScheduledExecutorService miner = Executors.newSingleThreadScheduledExecutor();

    PublishKillsITCase() throws IOException {
        endpoint = TestingEndpoint.before(chain);
    }

    @BeforeAll
    static void start() throws IOException {
        kafka = LocalKafka.start();
        chain = LocalChain.start();
        for (String node : List.of(ONE, TWO)) {
            chain.fund(NodesRoom.key(node).account().hex());
        }
    }

    @AfterAll
    static void stop() {
        chain.close();
        kafka.close();
    }

    @AfterEach
    void close() throws Exception {
        for (JobClient job : started) {
            if (!job.getJobStatus().join().isGloballyTerminalState()) {
                cancel(job);
            }
        }
        miner.shutdownNow();
        endpoint.close();
    }

    static LongStream seeds() {
        boolean full = "full".equals(System.getProperty("sealroom.campaign"));
        return LongStream.rangeClosed(1, full ? 30 : 2);
    }

    /** The last window comes after a start without state, which reads all others again. */
    @ParameterizedTest
    @MethodSource("seeds")
    void killedWhilePublishing_eachWindowOnceWithTheBytesOfAnUndisturbedRun(
            long seed, @InjectMiniCluster MiniCluster cluster) throws Exception {
        NodesRoom room = open("killed-room-" + seed);
        List<List<PendingRelease>> windows = room.windows();
        int last = windows.size() - 1;
        Random random = new Random(seed);
        JobClient job = start(room, ONE);
        for (int kill = 0; kill < KILLS; kill++) {
            long before = end(room, ONE);
            int from = kill * last / KILLS;
            int to = (kill + 1) * last / KILLS;
            feed(room, windows.subList(from, to));
            long progress = random.nextInt(to - from + 1);
            Await.until("progress", DEADLINE, () -> end(room, ONE) >= before + progress);
            kill(cluster);
        }
        awaitReleases(room, ONE, count(windows.subList(0, last)));
        cancel(job);

        job = start(room, ONE);
        feed(room, windows.subList(last, windows.size()));
        awaitReleases(room, ONE, room.releases().size());
        cancel(job);

        produce(room, TWO, room.releases());
        job = start(room, TWO);
        awaitReleases(room, TWO, room.releases().size());
        cancel(job);
        assertThat(bytes(room, ONE)).isEqualTo(bytes(room, TWO));
    }

    @Test
    void endpointAway_checkpointsGoOnAndAllIsReleasedLater(@InjectMiniCluster MiniCluster cluster)
            throws Exception {
        NodesRoom room = open("patient-room");
        List<List<PendingRelease>> windows = room.windows();
        JobClient job = start(room, ONE);
        feed(room, windows.subList(0, 2));
        awaitReleases(room, ONE, count(windows.subList(0, 2)));
        endpoint.setAway(true);
        int refused = endpoint.refused();
        feed(room, windows.subList(2, windows.size()));
        long completed = checkpoints(cluster, job);
        Await.until(
                "checkpoints while offers wait",
                DEADLINE,
                () ->
                        endpoint.refused() >= refused + 10
                                && checkpoints(cluster, job) >= completed + 5);
        assertThat(RoomTopic.count(kafka, topic(room, ONE)))
                .isEqualTo(count(windows.subList(0, 2)));
        endpoint.setAway(false);
        awaitReleases(room, ONE, room.releases().size());
        cancel(job);
    }

    private NodesRoom open(String name) throws IOException {
        NodesRoom room = NodesRoom.open(name, HOURS, chain);
        kafka.createTopic(Topics.signatures(room.policy().room()), 1, Map.of());
        for (String node : List.of(ONE, TWO)) {
            RoomTopic.createOwn(kafka, room.policy(), node);
        }
        RoomTopic.produceValues(
                kafka,
                Topics.signatures(room.policy().room()),
                room.windows().stream()
                        .map(w -> Codecs.SIGNED_RELEASES.encode(room.signed(TWO, w)))
                        .toList());
        var unused = miner.scheduleAtFixedRate(endpoint::mine, 0, 50, TimeUnit.MILLISECONDS);
        return room;
    }

    /** Without state. */
    private JobClient start(NodesRoom room, String node) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1_000);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(20));
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(1);
        NodeSettings settings = room.settings(node, kafka.bootstrapServers());
        String url = endpoint.rpcUrl();
        PublishJob.build(
                env,
                settings,
                () -> NodesRoom.key(node),
                Web3jRoomFactory.sending(url, settings.identity(), () -> NodesRoom.key(node)),
                Web3jRoomFactory.reading(url, settings.identity()),
                new PublishPace(
                        new OfferPace(10, 100, 10, 1_000, 8),
                        new PollOptions(10, 10, 100, 100),
                        new QuorumPace(120_000, 20)));
        JobClient job = env.executeAsync("publish " + node);
        started.add(job);
        return job;
    }

    private static void kill(MiniCluster cluster) throws Exception {
        cluster.startTaskManager();
        cluster.terminateTaskManager(taskManager).get(60, TimeUnit.SECONDS);
        taskManager++;
    }

    private static void cancel(JobClient job) throws Exception {
        job.cancel().get(60, TimeUnit.SECONDS);
        Await.until(
                "the job's end",
                DEADLINE,
                () -> job.getJobStatus().join().isGloballyTerminalState());
    }

    private static long checkpoints(MiniCluster cluster, JobClient job) {
        return cluster.getExecutionGraph(job.getJobID())
                .join()
                .getCheckpointStatsSnapshot()
                .getCounts()
                .getNumberOfCompletedCheckpoints();
    }

    private static void feed(NodesRoom room, List<List<PendingRelease>> windows) {
        produce(room, ONE, windows.stream().flatMap(List::stream).toList());
    }

    private static void produce(NodesRoom room, String node, List<PendingRelease> releases) {
        RoomTopic.produceValues(
                kafka,
                Topics.pending(room.policy().room(), node),
                releases.stream().map(Codecs.PENDING_RELEASE::encode).toList());
    }

    /** Waits for so many, and finds that they are those that are wanted, each once. */
    private static void awaitReleases(NodesRoom room, String node, int count) {
        String topic = topic(room, node);
        Await.until(
                count + " releases of " + node,
                DEADLINE,
                () -> RoomTopic.count(kafka, topic) >= count);
        assertThat(RoomTopic.read(kafka, topic, Codecs.RELEASE))
                .extracting(Release::pending)
                .hasSize(count)
                .doesNotHaveDuplicates()
                .isSubsetOf(room.releases());
        assertThat(RoomTopic.count(kafka, Topics.withheld(room.policy().room(), node))).isZero();
    }

    /** Of all releases, sorted: their order is that in which the chain had them. */
    private static List<String> bytes(NodesRoom room, String node) {
        String topic = topic(room, node);
        Await.until(
                "the marks of all transactions", DEADLINE, () -> RoomTopic.isSettled(kafka, topic));
        return RoomTopic.values(kafka, topic).stream()
                .map(HexFormat.of()::formatHex)
                .sorted()
                .toList();
    }

    private static int count(List<List<PendingRelease>> windows) {
        return windows.stream().mapToInt(List::size).sum();
    }

    /** Offset behind all records and marks of transactions. */
    private static long end(NodesRoom room, String node) {
        return RoomTopic.end(kafka, topic(room, node));
    }

    private static String topic(NodesRoom room, String node) {
        return Topics.releases(room.policy().room(), node);
    }
}
