package io.sealroom.streaming.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.contracts.ChainSigner;
import io.sealroom.contracts.InMemoryRoom;
import io.sealroom.contracts.RoomEvent;
import io.sealroom.local.parts.Await;
import io.sealroom.local.parts.ChainOptions;
import io.sealroom.local.parts.LocalChain;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.streaming.flow.PendingRecord;
import io.sealroom.streaming.testing.RealRoom;
import io.sealroom.streaming.testing.SharedRoom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The parts of PublishJob in one job: a room, its sink, its receipts and the gate between. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@SuppressWarnings("try") // An iterator over a job is declared to throw anything on close.
class PublishPartsITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(1)
                            .build());

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final OfferPace PACE = new OfferPace(10, 100, 10, 10_000, 8);
    private static final PollOptions POLL = new PollOptions(10, 10, 100, 100);

    private static final AtomicInteger CHECKPOINTS = new AtomicInteger();
    private static final AtomicBoolean FAIL = new AtomicBoolean();

    private final InMemoryRoom room = TestRoom.deploy();
    private final ScheduledExecutorService miner = Executors.newSingleThreadScheduledExecutor();

    @BeforeEach
    void reset() {
        CHECKPOINTS.set(0);
        FAIL.set(false);
    }

    @AfterEach
    void stopMining() {
        miner.shutdownNow();
    }

    @Test
    void endpointAwayAndTaskLost_everyWindowEndsOnceAsTheChainHasIt() throws Exception {
        room.publish(Offers.of(TestRoom.offer(TestRoom.otherRelease(3)), room.location()));
        room.setAway(true);
        try (CloseableIterator<String> outcomes =
                outcomes(TestRoom.IDENTITY, SharedRoom.of(room), SharedRoom.of(room))) {
            awaitCheckpoints(3);
            FAIL.set(true);
            Await.until("a lost task", DEADLINE, () -> !FAIL.get());
            awaitCheckpoints(3);
            room.setAway(false);
            mine();
            List<String> expected = new ArrayList<>(allReleased(TestRoom.IDENTITY));
            expected.remove("released " + TestRoom.release(3).releaseHash());
            expected.add("withheld CONFLICT " + 3 * TestRoom.HOUR);
            assertThat(take(outcomes, expected.size()))
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(room.events(0, room.headBlock()))
                    .filteredOn(RoomEvent.Published.class::isInstance)
                    .hasSize(expected.size());
        }
    }

    @Test
    void realChain_released() throws Exception {
        ChainOptions options = ChainOptions.defaults().withBlockTimeSeconds(1);
        try (LocalChain chain = LocalChain.start(options)) {
            chain.fund(TestRoom.NODE.account().hex());
            RoomIdentity identity =
                    RealRoom.open(chain, TestRoom.POLICY, TestRoom::configuration, RealRoom.PLENTY);
            try (var outcomes =
                    outcomes(
                            identity,
                            Web3jRoomFactory.sending(chain.rpcUrl(), identity, () -> TestRoom.NODE),
                            Web3jRoomFactory.reading(chain.rpcUrl(), identity))) {
                assertThat(take(outcomes, 6))
                        .containsExactlyInAnyOrderElementsOf(allReleased(identity));
            }
        }
    }

    @Test
    void wrongChain_failsForGood() {
        InMemoryRoom wrong =
                InMemoryRoom.deploy(
                        room.location(), TestRoom.CHAIN_ID + 1, TestRoom.configuration());
        assertThatThrownBy(
                        () -> {
                            try (var outcomes =
                                    outcomes(
                                            TestRoom.IDENTITY,
                                            SharedRoom.of(wrong),
                                            SharedRoom.of(wrong))) {
                                outcomes.next();
                            }
                        })
                .hasStackTraceContaining(SuppressRestartsException.class.getName())
                .hasStackTraceContaining("CHAIN_ID");
    }

    private static CloseableIterator<String> outcomes(
            RoomIdentity identity, RoomContractFactory sending, RoomContractFactory reading)
            throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration());
        env.setParallelism(1);
        DataStream<CheckedPending> pending =
                env.fromSource(pendingTopic(identity), WatermarkStrategy.noWatermarks(), "pending")
                        .uid("pending")
                        .process(new PendingCheckFunction(identity))
                        .returns(CheckedPending.TYPE)
                        .uid("check")
                        .map(new Probe())
                        .returns(CheckedPending.TYPE)
                        .uid("probe");
        SingleOutputStreamOperator<ReceiptRecord> receipts =
                env.fromSource(
                                new ReceiptSource(reading, 0, POLL),
                                WatermarkStrategy.noWatermarks(),
                                "receipts")
                        .uid("receipts");
        String policy = TestRoom.POLICY.canonicalJson();
        DataStream<QuorumInput> heard =
                env.fromSource(
                                signaturesTopic(identity),
                                WatermarkStrategy.noWatermarks(),
                                "signatures")
                        .uid("signatures")
                        .process(new SignatureCheckFunction(identity, policy))
                        .returns(CheckedSignature.TYPE)
                        .uid("signature-check")
                        .map(QuorumInput::of)
                        .returns(QuorumInput.TYPE)
                        .uid("signed")
                        .union(
                                receipts.map(QuorumInput::of)
                                        .returns(QuorumInput.TYPE)
                                        .uid("recorded"));
        pending.keyBy(CheckedPending::window, WindowBounds.TYPE)
                .connect(heard.keyBy(QuorumInput::window, WindowBounds.TYPE))
                .process(
                        new QuorumFunction(
                                identity,
                                policy,
                                TestRoom.NODE_NAMES.get(0),
                                () -> TestRoom.NODE,
                                new QuorumPace(200, 0)),
                        QuorumOffer.TYPE)
                .uid("quorum")
                .sinkTo(new ContractSink(sending, PACE))
                .uid("contract");
        SingleOutputStreamOperator<ReleaseRecord> releases =
                pending.keyBy(CheckedPending::key, ReleaseKey.TYPE)
                        .connect(receipts.keyBy(ReceiptRecord::key, ReleaseKey.TYPE))
                        .process(new ReleaseGate(policy, 60_000), ReleaseRecord.TYPE)
                        .uid("gate");
        return releases.map(PublishPartsITCase::released)
                .returns(Types.STRING)
                .uid("released")
                .union(
                        releases.getSideOutput(ReleaseGate.WITHHELD)
                                .map(w -> "withheld " + w.reason() + " " + w.start())
                                .returns(Types.STRING)
                                .uid("withheld"))
                .executeAndCollect();
    }

    /** Both releases of each of three windows once, then one of them again and again. */
    private static DataGeneratorSource<PendingRecord> pendingTopic(RoomIdentity identity) {
        String contract = identity.contract().hex();
        return new DataGeneratorSource<>(
                index ->
                        new PendingRecord(
                                new byte[0],
                                TestRoom.encoded(
                                        releases(TestRoom.identity(contract))
                                                .get((int) Math.min(index, 5)))),
                Long.MAX_VALUE,
                RateLimiterStrategy.perSecond(100),
                TypeInformation.of(PendingRecord.class));
    }

    /** What the other two nodes sign: each window together, then query by query; again for ever. */
    private static DataGeneratorSource<byte[]> signaturesTopic(RoomIdentity identity) {
        List<byte[]> values = new ArrayList<>();
        for (int node = 1; node <= 2; node++) {
            ChainSigner signer = TestRoom.NODES.get(node);
            List<PendingRelease> releases = releases(identity);
            for (int i = 0; i < releases.size(); i += 2) {
                values.add(signed(signer, releases.get(i), releases.get(i + 1)));
                values.add(signed(signer, releases.get(i)));
                values.add(signed(signer, releases.get(i + 1)));
            }
        }
        return new DataGeneratorSource<>(
                index -> values.get((int) (index % values.size())),
                Long.MAX_VALUE,
                RateLimiterStrategy.perSecond(100),
                PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    }

    private static byte[] signed(ChainSigner signer, PendingRelease... releases) {
        return Codecs.SIGNED_RELEASES.encode(TestRoom.signed(signer, releases));
    }

    private static List<PendingRelease> releases(RoomIdentity identity) {
        List<PendingRelease> releases = new ArrayList<>();
        for (int window = 1; window <= 3; window++) {
            for (String query : List.of(TestRoom.QUERY, TestRoom.QUERY_TOO)) {
                releases.add(TestRoom.release(identity, query, window, 1, 100, ""));
            }
        }
        return releases;
    }

    private static List<String> allReleased(RoomIdentity identity) {
        return releases(identity).stream()
                .map(release -> "released " + release.releaseHash())
                .toList();
    }

    private static String released(ReleaseRecord record) {
        return "released "
                + Codecs.RELEASE
                        .decode(record.value())
                        .toOptional()
                        .orElseThrow()
                        .pending()
                        .releaseHash();
    }

    private static Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1_000_000);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        return configuration;
    }

    private static void awaitCheckpoints(int count) {
        int target = CHECKPOINTS.get() + count;
        Await.until("checkpoints", DEADLINE, () -> CHECKPOINTS.get() >= target);
    }

    private void mine() {
        var unused = miner.scheduleAtFixedRate(() -> room.mine(1), 0, 10, TimeUnit.MILLISECONDS);
    }

    private static List<String> take(CloseableIterator<String> iterator, int count) {
        List<String> taken = new ArrayList<>();
        while (taken.size() < count) {
            taken.add(iterator.next());
        }
        return taken;
    }

    /** Counts completed checkpoints, and loses its task once when asked to. */
    private static final class Probe
            implements MapFunction<CheckedPending, CheckedPending>, CheckpointListener {

        private static final long serialVersionUID = 1;

        @Override
        public CheckedPending map(CheckedPending pending) {
            if (FAIL.compareAndSet(true, false)) {
                throw new IllegalStateException("the task is lost, as the test wants it");
            }
            return pending;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            CHECKPOINTS.incrementAndGet();
        }
    }
}
