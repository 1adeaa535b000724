package io.sealroom.partner.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.sealroom.local.parts.Await;
import io.sealroom.partner.ceremony.CeremonyMetrics;
import io.sealroom.partner.ceremony.InMemoryCeremonyChain;
import io.sealroom.partner.ceremony.TestParties;
import io.sealroom.partner.exchange.EpochRule;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.privacy.oprf.SeedStore;
import io.sealroom.privacy.secret.OprfSeedFile;
import io.sealroom.privacy.secret.StoredSeed;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class OpenRoomTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final OpenRoom.Intervals INTERVALS =
            new OpenRoom.Intervals(Duration.ofMillis(5), Duration.ofHours(1));

    private final TestRoom room = TestRoom.liveEpochs("test-room", 6);
    private final Policy policy = room.policy();
    private final long first = policy.firstEpoch();
    private final InMemoryCeremonyChain chain = InMemoryCeremonyChain.start(room);
    private final TestParties parties = new TestParties(room, chain);
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final CeremonyMetrics metrics = new CeremonyMetrics(registry);
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final AtomicLong now = new AtomicLong(TestRoom.START);
    private final Path file;

    OpenRoomTest(@TempDir Path directory) throws IOException {
        file = directory.resolve("oprf-publisher.json");
        room.writeSeed("publisher", file);
    }

    private final Clock clock =
            new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return Instant.ofEpochMilli(now.get());
                }
            };

    private OpenRoom open() throws AgentException, InterruptedException, IOException {
        return OpenRoom.await(
                room.member("publisher"),
                SeedStore.open(file, "publisher", policy),
                chain.view(),
                clock,
                INTERVALS,
                metrics,
                said::add);
    }

    private double metric(String name) {
        return registry.scrape(name::equals).stream()
                .flatMap(snapshot -> snapshot.getDataPoints().stream())
                .mapToDouble(
                        point ->
                                point instanceof GaugeSnapshot.GaugeDataPointSnapshot gauge
                                        ? gauge.getValue()
                                        : ((CounterSnapshot.CounterDataPointSnapshot) point)
                                                .getValue())
                .sum();
    }

    private void setEpoch(long epoch) {
        now.set(epoch * policy.epochMillis());
    }

    @Test
    void await_ceremonyUnderWay_saysWhoIsMissingAndOpensByItself() throws Exception {
        chain.room().setAway(true);
        ExecutorService waiting = Executors.newSingleThreadExecutor();
        try {
            Future<OpenRoom> opened = waiting.submit(this::open);
            awaitSaid("waits for the chain endpoint, which does not answer");
            chain.room().setAway(false);
            awaitSaid(
                    "waits for the ceremony: publisher has not approved, advertiser has not"
                            + " approved");
            parties.approve("publisher");
            awaitSaid(
                    "waits for the ceremony: publisher has not revealed its keys, advertiser has"
                            + " not approved");
            parties.approve("advertiser");
            parties.reveal("publisher");
            awaitSaid("waits for the ceremony: advertiser has not revealed its keys");
            assertThat(opened.isDone()).isFalse();
            assertThat(metric("sealroom_agent_ceremony_complete")).isZero();
            parties.reveal("advertiser");

            try (OpenRoom open = opened.get()) {
                assertThat(open.keys().evaluator(first)).isPresent();
                assertThat(open.keys().publicKeys(first)).isPresent();
                assertThat(metric("sealroom_agent_ceremony_complete")).isOne();
            }
            // Each once, however often it looked.
            assertThat(said).doesNotHaveDuplicates();
            assertThat(metric("sealroom_agent_chain_failures")).isPositive();
            assertThat(OprfSeedFile.read(file)).isInstanceOf(StoredSeed.Bound.class);
            assertThat(chain.openViews()).isZero();
        } finally {
            waiting.shutdownNow();
        }
    }

    private void awaitSaid(String line) {
        Await.until(line, SOON, () -> said.contains(line));
    }

    @Test
    void await_interrupted_endsAndLetsTheChainGo() throws Exception {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread waiting =
                new Thread(
                        () -> {
                            try {
                                open().close();
                                ended.complete(new IllegalStateException("opened"));
                            } catch (AgentException | InterruptedException | IOException e) {
                                ended.complete(e);
                            }
                        });
        waiting.start();
        Await.until("a line", SOON, () -> !said.isEmpty());
        waiting.interrupt();

        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        assertThat(chain.openViews()).isZero();
    }

    @Test
    void await_seedThatIsNotTheChains_isBadInputAndLetsTheChainGo() throws Exception {
        parties.open();
        Files.delete(file);
        TestRoom.liveEpochs("test-room", 6).writeSeed("publisher", file);

        assertThatThrownBy(this::open)
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("the chain's OPRF public key of publisher")
                .hasMessageContaining("is not that of the seed file");
        assertThat(chain.openViews()).isZero();
    }

    /** The share of epoch e is needed until e+K+1 has ended, and for no moment longer. */
    @Test
    void keepUp_everyEpoch_evaluatesWhatTheEpochRuleAllowsAndNoMore() throws Exception {
        parties.open();
        EpochRule rule = new EpochRule(policy, clock);
        try (OpenRoom open = open()) {
            for (long current = first; current <= policy.lastEpoch() + 4; current++) {
                setEpoch(current);
                open.keepUp();
                for (long epoch = first; epoch < current; epoch++) {
                    assertThat(open.keys().evaluator(epoch).isPresent())
                            .as("epoch %d at %d", epoch, current)
                            .isEqualTo(rule.allows(epoch));
                }
                SeedStore stored = SeedStore.open(file, "publisher", policy);
                long kept = current - 1 - policy.lookbackEpochs();
                assertThat(stored.keys().publicKeysByEpoch().keySet())
                        .isEqualTo(
                                room.shares("publisher")
                                        .publicKeysByEpoch()
                                        .tailMap(kept)
                                        .keySet());
            }
            assertThat(OprfSeedFile.read(file)).isInstanceOf(StoredSeed.Erased.class);
        }
    }

    @Test
    void await_startedLate_erasesWhatHasPassedMeanwhile() throws Exception {
        parties.open();
        setEpoch(first + 4);
        try (OpenRoom open = open()) {
            assertThat(open.keys().evaluator(first)).isEmpty();
            assertThat(open.keys().evaluator(first + 4)).isPresent();
        }
        try (OpenRoom again = open()) {
            assertThat(again.keys().evaluator(first + 4)).isPresent();
        }
    }

    @Test
    void keepUp_seedFileCannotBeReplaced_erasesInMemoryCountsAndTriesAgain() throws Exception {
        parties.open();
        Path away = file.resolveSibling("away.json");
        try (OpenRoom open = open()) {
            Files.move(file, away);
            setEpoch(first + 4);
            open.keepUp();

            assertThat(open.keys().evaluator(first)).isEmpty();
            assertThat(metric("sealroom_agent_seed_erasure_failures")).isOne();

            Files.move(away, file);
            open.keepUp();
            assertThat(SeedStore.open(file, "publisher", policy).keys().share(first)).isEmpty();
        }
    }

    @Test
    void keepUp_partnerEndsTheRoom_evaluatesNoEpochFromThereOn() throws Exception {
        parties.open();
        try (OpenRoom open = open()) {
            assertThat(open.keys().evaluator(first + 2)).isPresent();

            parties.leave("advertiser", first + 2);
            chain.room().setAway(true);
            open.keepUp();
            assertThat(open.keys().evaluator(first + 2)).isPresent();
            assertThat(metric("sealroom_agent_chain_failures")).isOne();

            chain.room().setAway(false);
            open.keepUp();
            assertThat(open.keys().evaluator(first + 1)).isPresent();
            assertThat(open.keys().evaluator(first + 2)).isEmpty();
            assertThat((long) metric("sealroom_agent_oprf_last_epoch")).isEqualTo(first + 1);

            open.keys().closeAt(policy.endMillis());
            assertThat(open.keys().evaluator(first + 2)).isEmpty();
        }
    }

    @Test
    void await_fileMode_erasesNothing() throws Exception {
        TestRoom files = TestRoom.file("test-room");
        InMemoryCeremonyChain filesChain = InMemoryCeremonyChain.start(files);
        new TestParties(files, filesChain).open();
        Files.delete(file);
        files.writeSeed("publisher", file);
        now.set(TestRoom.START + 1000 * TestRoom.HOUR * 24);

        try (OpenRoom open =
                OpenRoom.await(
                        files.member("publisher"),
                        SeedStore.open(file, "publisher", files.policy()),
                        filesChain.view(),
                        clock,
                        INTERVALS,
                        metrics,
                        said::add)) {
            assertThat(open.keys().evaluator(files.policy().firstEpoch())).isPresent();
        }
    }

    @Test
    void await_refusedRoom_isBadInput() {
        TestRoom other = TestRoom.liveEpochs("test-room", 6);

        assertThatThrownBy(
                        () ->
                                OpenRoom.await(
                                        room.member("publisher"),
                                        SeedStore.open(file, "publisher", policy),
                                        InMemoryCeremonyChain.start(other).view(),
                                        clock,
                                        INTERVALS,
                                        metrics,
                                        said::add))
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("the ceremony is refused (OTHER_CONFIGURATION)")
                .hasMessageContaining("partners[0]");
    }
}
