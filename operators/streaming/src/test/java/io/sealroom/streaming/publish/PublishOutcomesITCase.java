package io.sealroom.streaming.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.WrongChainException;
import io.sealroom.local.parts.Await;
import io.sealroom.local.parts.LocalChain;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.schemas.record.WithheldReason;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.Release;
import io.sealroom.streaming.testing.LogLines;
import io.sealroom.streaming.testing.RealRoom;
import io.sealroom.streaming.testing.TestingEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * What can become of an offer, on a real chain, as an operator sees it: the table of this package,
 * a test a row. A block is final when one more is on top of it.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PublishOutcomesITCase {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final OfferPace PACE = new OfferPace(10, 50, 10, 60_000, 8);

    /** Takes what is in no block for stuck. */
    private static final OfferPace IMPATIENT = new OfferPace(10, 50, 10, 200, 8);

    private static final long GWEI = 1_000_000_000;

    /** What one query costs an epoch. */
    private static final long CHARGE = 1_000;

    private static final AtomicInteger WINDOWS = new AtomicInteger();

    private static LocalChain chain;
    private static RoomIdentity shared;

    private final LogLines alarms = LogLines.of("io.sealroom.publish");
    private final LogLines retries = LogLines.of("io.sealroom.contracts.PublishClient");
    private final TestingEndpoint endpoint;
    private RoomIdentity room;
    private final int window = WINDOWS.addAndGet(10);

    PublishOutcomesITCase() throws IOException {
        endpoint = TestingEndpoint.before(chain);
        room = shared;
    }

    @BeforeAll
    static void openRoom() throws IOException {
        chain = LocalChain.start();
        for (int node = 0; node < 2; node++) {
            chain.fund(TestRoom.NODES.get(node).account().hex());
        }
        shared = open(RealRoom.PLENTY);
    }

    @AfterAll
    static void stopChain() {
        chain.close();
    }

    @AfterEach
    void close() {
        endpoint.close();
        alarms.close();
        retries.close();
    }

    @Test
    void endpointDownForLong_waitsAndIsReleasedWhenItIsBack() throws Exception {
        try (PublishingNode node = node(PACE)) {
            endpoint.setAway(true);
            node.offer(release(0));
            node.offer(release(1));
            Await.until("pauses that grew", DEADLINE, () -> endpoint.refused() >= 10);
            assertThat(node.checkpoint()).hasSize(2);
            assertThat(node.context.gauge("offerRetries")).isGreaterThanOrEqualTo(5);
            assertThat(node.context.gauge("offersWaiting")).isEqualTo(2);
            assertThat(retries.written())
                    .anyMatch(l -> l.startsWith("INFO a publish is tried again, ENDPOINT_AWAY"));
            endpoint.setAway(false);
            awaitReleased(node, release(0), release(1));
            assertThat(node.context.count("offersAccepted")).isEqualTo(2);
            assertNoAlarm();
        }
    }

    /** Somebody sends with the node's key, and uses up the number that the node would use. */
    @Test
    void numberTakenByAnother_sentWithTheNext() throws Exception {
        try (PublishingNode node = node(PACE)) {
            node.offer(release(0));
            awaitReleased(node, release(0));
            publish(0, release(1));
            node.offer(release(2));
            awaitReleased(node, release(0), release(2));
            assertThat(node.context.count("offersAccepted")).isEqualTo(2);
            assertNoAlarm();
        }
    }

    @Test
    void gapBelowWhatWasSent_filled() throws Exception {
        try (PublishingNode node = node(IMPATIENT)) {
            endpoint.setMining(false);
            node.offer(release(0));
            await("one in flight", () -> node.context.gauge("offersInFlight") == 1);
            endpoint.dropAll();
            node.offer(release(1));
            endpoint.setMining(true);
            awaitReleased(node, release(0), release(1));
            assertThat(retries.written())
                    .anyMatch(l -> l.startsWith("WARN a publish transaction is in no block"));
            assertNoAlarm();
        }
    }

    @Test
    void feesAboveTheMost_waitsAndIsReleasedWhenTheyFall() throws Exception {
        RoomContractFactory thrifty =
                Web3jRoomFactory.sending(endpoint.rpcUrl(), room, () -> TestRoom.NODE, 5);
        try (PublishingNode node = new PublishingNode(thrifty, reader(), PACE)) {
            endpoint.setNextBaseFee(100 * GWEI);
            endpoint.mine();
            node.offer(release(0));
            await(
                    "the reason",
                    () ->
                            retries.written().stream()
                                    .anyMatch(l -> l.contains("above the 5 that may be paid")));
            assertThat(node.checkpoint()).hasSize(1);
            assertThat(node.context.gauge("offerRetries")).isPositive();
            endpoint.setNextBaseFee(GWEI);
            awaitReleased(node, release(0));
            assertNoAlarm();
        }
    }

    @Test
    void feesRiseUnderWay_outbid() throws Exception {
        try (PublishingNode node = node(IMPATIENT)) {
            endpoint.setMining(false);
            node.offer(release(0));
            await("it in flight", () -> node.context.gauge("offersInFlight") == 1);
            endpoint.setNextBaseFee(90 * GWEI);
            endpoint.setMining(true);
            awaitReleased(node, release(0));
            assertThat(retries.written())
                    .anyMatch(l -> l.startsWith("WARN a publish transaction is in no block"));
            assertNoAlarm();
        } finally {
            endpoint.setNextBaseFee(GWEI);
            endpoint.mine();
        }
    }

    /**
     * First: on a chain where nothing of another test waits, so that the newest block is its own.
     */
    @Test
    @Order(1)
    void reorganisedAway_sentAgainAndReleasedOnce() throws Exception {
        try (PublishingNode node = node(IMPATIENT)) {
            node.offer(release(0));
            await("the record", () -> node.isRecorded(release(0)));
            endpoint.setMining(false);
            endpoint.reorganise();
            assertThat(node.isRecorded(release(0))).isFalse();
            node.step();
            assertThat(node.checkpoint()).hasSize(1);
            assertThat(node.released()).isEmpty();
            endpoint.setMining(true);
            awaitReleased(node, release(0));
            assertThat(node.context.count("offersAccepted")).isEqualTo(1);
            assertNoAlarm();
        } finally {
            endpoint.setMining(true);
        }
    }

    @Test
    void restoredAfterItWasRecorded_doneAndCounted() throws Exception {
        try (PublishingNode node = node(PACE)) {
            node.offer(release(0));
            List<QuorumOffer> state = node.checkpoint();
            await("the record", () -> node.isRecorded(release(0)));
            node.restore(state);
            awaitReleased(node, release(0));
            assertThat(node.context.count("offersAlreadyThere")).isEqualTo(1);
            assertThat(node.context.count("offersAccepted")).isZero();
            assertNoAlarm();
        }
    }

    @Test
    void publishedByAnotherNode_doneAndCounted() throws Exception {
        try (PublishingNode node = node(PACE)) {
            publish(1, release(0));
            node.offer(release(0));
            awaitReleased(node, release(0));
            assertThat(node.context.count("offersAlreadyThere")).isEqualTo(1);
            assertNoAlarm();
        }
    }

    @Test
    void otherHashRecorded_thatWindowWithheldAndOthersGoOn() throws Exception {
        try (PublishingNode node = node(PACE)) {
            publish(1, TestRoom.release(room, window, 999, ""));
            node.offer(release(0));
            node.offer(release(1));
            awaitReleased(node, release(1));
            awaitWithheld(node, WithheldReason.CONFLICT);
            assertThat(node.context.count("offersInConflict")).isEqualTo(1);
            assertThat(alarms.written())
                    .anyMatch(l -> l.startsWith("ERROR The contract does not take"))
                    .anyMatch(l -> l.contains("is withheld for good (CONFLICT)"));
        }
    }

    @Test
    void budgetCannotPay_withheldAndOthersGoOn() throws Exception {
        room = open(CHARGE);
        try (PublishingNode node = node(PACE)) {
            PendingRelease unpaid = TestRoom.release(room, TestRoom.QUERY_TOO, window, 1, 100, "");
            node.offer(release(0), unpaid);
            node.offer(release(1));
            awaitReleased(node, release(0), release(1));
            awaitWithheld(node, WithheldReason.BUDGET);
            assertThat(node.withheld().get(0).query()).isEqualTo(TestRoom.QUERY_TOO);
            assertThat(node.context.count("offersWithheld")).isEqualTo(1);
            assertThat(alarms.written())
                    .anyMatch(l -> l.startsWith("ERROR The contract withholds"))
                    .anyMatch(l -> l.contains("is withheld for good (BUDGET)"));
        }
    }

    @Test
    void refused_keptAndReportedAndOthersGoOn() throws Exception {
        try (PublishingNode node = node(PACE)) {
            node.offer(TestRoom.offer(List.of(TestRoom.NODE), release(0)));
            node.offer(release(1));
            awaitReleased(node, 1, release(1));
            await("the refusal", () -> node.context.count("offersRefused") == 1);
            assertThat(node.checkpoint())
                    .flatExtracting(QuorumOffer::releases)
                    .extracting(CheckedPending::releaseHash)
                    .containsExactly(release(0).releaseHash());
            assertThat(node.withheld()).isEmpty();
            node.letTimePass(PublishingNode.ALARM_MILLIS);
            assertThat(node.gateMetrics().overdue.getCount()).isEqualTo(1);
            assertThat(alarms.written())
                    .anyMatch(l -> l.startsWith("ERROR The contract refuses"))
                    .anyMatch(l -> l.contains("has no final receipt after"));
        }
    }

    @Test
    void wrongChainId_failsForGood() throws Exception {
        assertFailsForGood(
                new RoomIdentity(
                        room.chainId() + 1, room.contract(), room.room(), room.policyHash()),
                "CHAIN_ID");
    }

    @Test
    void noSuchContract_failsForGood() throws Exception {
        assertFailsForGood(TestRoom.identity("0x" + "cd".repeat(20)), "CONTRACT");
    }

    private void assertFailsForGood(RoomIdentity wrong, String what) throws Exception {
        try (PublishingNode node =
                new PublishingNode(
                        PublishingNode.sending(endpoint.rpcUrl(), wrong, 0), reader(), PACE)) {
            node.offer(TestRoom.release(wrong, window, 100, ""));
            assertThatThrownBy(node::awaitResult)
                    .isInstanceOf(SuppressRestartsException.class)
                    .hasCauseInstanceOf(WrongChainException.class)
                    .hasStackTraceContaining(what);
        }
    }

    private PendingRelease release(int offset) {
        return TestRoom.release(room, window + offset, 100, "");
    }

    private PublishingNode node(OfferPace pace) throws Exception {
        return new PublishingNode(
                PublishingNode.sending(endpoint.rpcUrl(), room, 0), reader(), pace);
    }

    private RoomContract reader() throws IOException {
        return Web3jRoomFactory.reading(chain.rpcUrl(), room).open();
    }

    /** A node brings a release to the contract, and waits until it is recorded. */
    private void publish(int node, PendingRelease release) throws Exception {
        try (RoomContract contract = PublishingNode.sending(chain.rpcUrl(), room, node).open()) {
            var unused = contract.publish(Offers.of(TestRoom.offer(release), contract.location()));
        }
    }

    private void awaitReleased(PublishingNode node, PendingRelease... releases) {
        awaitReleased(node, 0, releases);
    }

    /**
     * @param kept offers that stay in the sink
     */
    private void awaitReleased(PublishingNode node, int kept, PendingRelease... releases) {
        await(
                "the releases",
                () -> {
                    endpoint.mine();
                    node.step();
                    return node.released().size() >= releases.length
                            && node.checkpoint().size() == kept;
                });
        assertThat(node.released())
                .extracting(Release::pending)
                .containsExactlyInAnyOrder(releases);
    }

    private void awaitWithheld(PublishingNode node, WithheldReason reason) {
        await(
                "a window that is withheld",
                () -> {
                    endpoint.mine();
                    node.step();
                    return node.checkpoint().isEmpty() && !node.withheld().isEmpty();
                });
        assertThat(node.withheld()).extracting(Withheld::reason).containsExactly(reason);
        assertThat(node.gateMetrics().withheld.getCount()).isEqualTo(1);
    }

    private void assertNoAlarm() {
        assertThat(alarms.written()).noneMatch(line -> line.startsWith("ERROR"));
    }

    private static void await(String what, Callable<Boolean> condition) {
        Await.until(
                what,
                DEADLINE,
                () -> {
                    try {
                        return condition.call();
                    } catch (Exception e) {
                        throw new IllegalStateException(what, e);
                    }
                });
    }

    private static RoomIdentity open(long allowance) throws IOException {
        return RealRoom.open(chain, TestRoom.POLICY, TestRoom::configuration, allowance);
    }
}
