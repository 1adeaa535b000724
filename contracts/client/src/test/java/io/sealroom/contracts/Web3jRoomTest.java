package io.sealroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.local.parts.Await;
import io.sealroom.local.parts.ChainOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The real contract on a real chain; one chain for all tests, a room for each. */
final class Web3jRoomTest extends AbstractRoomTest {

    private static final int DEPLOYER = 0;
    private static final int SENDER = 1;
    private static Anvil anvil;

    @BeforeAll
    static void startChain() throws IOException {
        anvil = Anvil.start(ChainOptions.defaults());
    }

    @AfterAll
    static void stopChain() throws IOException {
        anvil.close();
    }

    @Override
    RoomContract deploy(RoomConfiguration configuration) throws IOException {
        return seenAs(location(configuration));
    }

    private static RoomLocation location(RoomConfiguration configuration) throws IOException {
        return RoomDeployer.deploy(anvil.chain().rpcUrl(), anvil.signer(DEPLOYER), configuration);
    }

    @Override
    RoomContract seenAs(RoomLocation location) {
        return Web3jRoom.connect(
                RoomEndpoint.of(anvil.chain().rpcUrl(), location, anvil.signer(SENDER)));
    }

    @Override
    void mine(int blocks) throws IOException {
        anvil.mine(blocks);
    }

    @Override
    void setMining(boolean value) throws IOException {
        anvil.setMining(value);
    }

    @Test
    void anyCall_noContractThere_throwsForGood() throws IOException {
        RoomLocation location = location(TestRoom.configuration(1));
        RoomLocation nothing =
                new RoomLocation(
                        location.chainId(),
                        new Account("0x" + "11".repeat(20)),
                        location.policyHash());
        try (RoomContract room = seenAs(nothing)) {
            assertThatThrownBy(room::approved)
                    .isInstanceOfSatisfying(
                            WrongChainException.class,
                            e -> assertThat(e.what()).isEqualTo(WrongChainException.What.CONTRACT));
        }
    }

    @Test
    void anyCall_endpointAway_isAnIoExceptionOrARetry() {
        RoomLocation location =
                new RoomLocation(
                        31_337, new Account("0x" + "11".repeat(20)), RoomDigests.id("policy"));
        // The discard port: nothing listens there.
        RoomEndpoint away =
                new RoomEndpoint(
                        "http://127.0.0.1:9",
                        location,
                        Optional.of(TestRoom.signer(1)),
                        Duration.ofSeconds(2));
        try (RoomContract room = Web3jRoom.connect(away)) {
            assertThatThrownBy(room::headBlock).isInstanceOf(IOException.class);
            assertThat(room.publish(new TestRoom(location, 1).hourly(0, "root")))
                    .isInstanceOfSatisfying(
                            PublishOutcome.Retry.class,
                            retry -> assertThat(retry.cause()).isEqualTo(RetryCause.ENDPOINT_AWAY));
            assertThat(room.approve(0, Signature.NONE)).isInstanceOf(ApproveOutcome.Retry.class);
        }
    }

    @Test
    void submit_readOnly_throws() throws IOException {
        RoomLocation location = location(TestRoom.configuration(1));
        try (RoomContract room =
                Web3jRoom.connect(RoomEndpoint.readOnly(anvil.chain().rpcUrl(), location))) {
            assertThat(room.approved()).isFalse();
            assertThatThrownBy(() -> room.submit(new TestRoom(location, 1).hourly(0, "root")))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void submit_senderWithoutFunds_isRetried() throws IOException {
        RoomLocation location = location(TestRoom.configuration(1));
        TestRoom parties = new TestRoom(location, 1);
        try (RoomContract funded = seenAs(location);
                RoomContract poor =
                        Web3jRoom.connect(
                                RoomEndpoint.of(
                                        anvil.chain().rpcUrl(),
                                        location,
                                        TestRoom.signer(0xdead)))) {
            parties.approveAll(funded);
            assertThat(poor.publish(parties.hourly(0, "root")))
                    .isInstanceOfSatisfying(
                            PublishOutcome.Retry.class,
                            retry -> assertThat(retry.cause()).isEqualTo(RetryCause.FUNDS));
        }
    }

    /** A refused send must not leave a gap in the numbers that all later ones wait behind. */
    @Test
    void submit_afterDroppedTransactions_goesOn() throws IOException {
        RoomLocation location = location(TestRoom.configuration(1));
        TestRoom parties = new TestRoom(location, 1);
        try (RoomContract room = seenAs(location);
                RoomContract sameKey = seenAs(location)) {
            parties.approveAll(room);
            anvil.setMining(false);
            room.submit(parties.hourly(0, "root"));
            room.submit(parties.hourly(1, "root"));
            anvil.dropAll();
            // The counted number is now one that waits for two that are gone.
            Submission stuck = room.submit(parties.hourly(2, "root"));
            anvil.setMining(true);
            assertThat(stuck).isInstanceOf(Submission.Sent.class);
            assertThat(room.outcome(parties.hourly(2, "root"), sent(stuck)))
                    .isInstanceOf(PublishOutcome.Retry.class);

            for (int window = 0; window < 2; window++) {
                ReleaseOffer offer = parties.hourly(window, "root");
                Word transaction = sent(room.resubmit(offer));
                awaitRecorded(room, offer, transaction);
            }
            // The gap is closed, and what waited behind it gets into a block.
            awaitRecorded(room, parties.hourly(2, "root"), sent(stuck));
            // Another client of the same key finds its numbers used up, and recovers by itself.
            assertRecorded(sameKey.publish(parties.hourly(3, "root")));
            PublishOutcome late = room.publish(parties.hourly(4, "root"));
            if (late instanceof PublishOutcome.Retry) {
                late = room.publish(parties.hourly(4, "root"));
            }
            assertRecorded(late);
        }
    }

    /** Mining is not part of the call that sends. */
    private static void awaitRecorded(RoomContract room, ReleaseOffer offer, Word transaction) {
        Await.until(
                "the transaction's block",
                Duration.ofSeconds(10),
                () -> room.outcome(offer, transaction).isFinal());
        assertRecorded(room.outcome(offer, transaction));
    }

    private static Word sent(Submission submission) {
        return ((Submission.Sent) submission).transaction();
    }

    @Test
    void resubmit_feesRose_outbids() throws IOException {
        RoomLocation location = location(TestRoom.configuration(1));
        TestRoom parties = new TestRoom(location, 1);
        try (RoomContract room = seenAs(location)) {
            parties.approveAll(room);
            ReleaseOffer offer = parties.hourly(0, "root");
            anvil.setMining(false);
            Word low = sent(room.submit(offer));
            anvil.setNextBaseFee(50_000_000_000L);
            anvil.setMining(true);
            assertThat(room.outcome(offer, low)).isInstanceOf(PublishOutcome.Retry.class);

            Word high = sent(room.resubmit(offer));
            awaitRecorded(room, offer, high);
        }
    }

    @Test
    void events_afterAReorganisation_areGoneWithTheirBlocks() throws IOException {
        RoomLocation location = location(TestRoom.configuration(1));
        TestRoom parties = new TestRoom(location, 1);
        try (RoomContract room = seenAs(location)) {
            parties.approveAll(room);
            ReleaseOffer offer = parties.hourly(0, "root");
            room.publish(offer);
            long block = room.headBlock();
            assertThat(room.events(block, block)).hasSize(3);

            anvil.reorganise(1);

            assertThat(room.events(block, block)).isEmpty();
            assertThat(room.releaseHash(offer.query(), offer.start())).isEmpty();
            // Its number is free again, below the one that comes next: only a resubmit takes it.
            Word again = sent(room.resubmit(offer));
            awaitRecorded(room, offer, again);
        }
    }

    @Test
    void deploy_freshKey_goesWhereForetold() throws IOException {
        RoomLocation location =
                RoomDeployer.deploy(
                        anvil.chain().rpcUrl(),
                        anvil.signer(DEPLOYER + 7),
                        TestRoom.configuration(1));
        assertThat(location.contract())
                .isEqualTo(RoomDeployer.address(anvil.signer(DEPLOYER + 7).account(), 0));
        assertThat(location.chainId()).isEqualTo(31_337);
    }
}
