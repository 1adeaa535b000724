package io.sealroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.local.parts.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The real contract on a real chain; one chain for all tests, a room for each. */
final class Web3jRoomTest extends AbstractRoomTest {

    private static final Account NOTHING_THERE = new Account("0x" + "11".repeat(20));
    private static AnvilChain chain;

    @BeforeAll
    static void startChain() throws IOException {
        chain = AnvilChain.start();
    }

    @AfterAll
    static void stopChain() throws IOException {
        chain.close();
    }

    @Override
    TestChain chain() {
        return chain;
    }

    // Endpoints.

    @Test
    void anyCall_noContractThere_throwsForGood() throws IOException {
        RoomLocation location = room.location();
        RoomLocation nothing =
                new RoomLocation(location.chainId(), NOTHING_THERE, location.policyHash());
        try (RoomContract wrong = chain.room(nothing)) {
            assertThatThrownBy(wrong::approved)
                    .isInstanceOfSatisfying(
                            WrongChainException.class,
                            e -> assertThat(e.what()).isEqualTo(WrongChainException.What.CONTRACT));
        }
    }

    /** A ledger is a contract, but no Room. */
    @Test
    void anyCall_otherContractThere_throwsForGood() throws IOException {
        RoomLocation location = room.location();
        RoomLocation ledger =
                new RoomLocation(location.chainId(), chain.ledger(), location.policyHash());
        try (RoomContract wrong = chain.room(ledger)) {
            assertThatThrownBy(wrong::approved)
                    .isInstanceOfSatisfying(
                            WrongChainException.class,
                            e -> assertThat(e.what()).isEqualTo(WrongChainException.What.CONTRACT));
        }
    }

    @Test
    void anyCall_endpointAway_isAnIoExceptionOrARetry() {
        RoomLocation location = new RoomLocation(31_337, NOTHING_THERE, RoomDigests.id("policy"));
        // The discard port: nothing listens there.
        RoomEndpoint away =
                new RoomEndpoint(
                        "http://127.0.0.1:9",
                        location,
                        Optional.of(TestRoom.signer(1)),
                        Duration.ofSeconds(2));
        TestRoom absent = new TestRoom(location, TestRoom.configuration(1, NOTHING_THERE));
        try (RoomContract unreachable = Web3jRoom.connect(away)) {
            assertThatThrownBy(unreachable::headBlock).isInstanceOf(IOException.class);
            assertThat(unreachable.publish(absent.hourly(0, "root")).get(0))
                    .isInstanceOfSatisfying(
                            PublishOutcome.Retry.class,
                            retry -> assertThat(retry.cause()).isEqualTo(RetryCause.ENDPOINT_AWAY));
            assertThat(absent.approve(unreachable, 0)).isInstanceOf(ActionOutcome.Retry.class);
        }
    }

    @Test
    void submit_readOnly_throws() throws IOException {
        try (RoomContract reader =
                Web3jRoom.connect(RoomEndpoint.readOnly(chain.rpcUrl(), room.location()))) {
            assertThat(reader.approved()).isFalse();
            assertThatThrownBy(() -> reader.submit(parties.hourly(0, "root")))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void submit_senderWithoutFunds_isRetried() throws IOException {
        activate();
        try (RoomContract poor = chain.room(room.location(), TestRoom.signer(0xdead))) {
            assertThat(poor.publish(parties.hourly(0, "root")).get(0))
                    .isInstanceOfSatisfying(
                            PublishOutcome.Retry.class,
                            retry -> assertThat(retry.cause()).isEqualTo(RetryCause.FUNDS));
        }
    }

    // Numbers and fees.

    /** A refused send must not leave a gap in the numbers that all later ones wait behind. */
    @Test
    void submit_afterDroppedTransactions_goesOn() throws IOException {
        activate();
        chain.setMining(false);
        room.submit(parties.hourly(0, "root"));
        room.submit(parties.hourly(1, "root"));
        chain.anvil().dropAll();
        // The counted number is now one that waits for two that are gone.
        Submission stuck = room.submit(parties.hourly(2, "root"));
        chain.setMining(true);
        assertThat(stuck).isInstanceOf(Submission.Sent.class);
        assertThat(room.outcome(parties.hourly(2, "root"), sent(stuck)))
                .hasOnlyElementsOfType(PublishOutcome.Retry.class);

        for (int window = 0; window < 2; window++) {
            WindowOffer offer = parties.hourly(window, "root");
            Word transaction = sent(room.resubmit(offer));
            awaitRecorded(room, offer, transaction);
        }
        // The gap is closed, and what waited behind it gets into a block.
        awaitRecorded(room, parties.hourly(2, "root"), sent(stuck));
    }

    /** Two clients of one key use each other's numbers up, and go on at once. */
    @Test
    void submit_numberUsedByAnotherClient_takesTheNext() throws IOException {
        activate();
        try (RoomContract sameKey = chain.room(room.location())) {
            for (int window = 0; window < 4; window++) {
                RoomContract sender = window % 2 == 0 ? room : sameKey;
                assertThat(sender.publish(parties.hourly(window, "root")))
                        .hasOnlyElementsOfType(PublishOutcome.Accepted.class);
            }
        }
    }

    @Test
    void resubmit_feesRose_outbids() throws IOException {
        activate();
        WindowOffer offer = parties.hourly(0, "root");
        chain.setMining(false);
        Word low = sent(room.submit(offer));
        chain.anvil().setNextBaseFee(50_000_000_000L);
        chain.setMining(true);
        assertThat(room.outcome(offer, low)).hasOnlyElementsOfType(PublishOutcome.Retry.class);

        Word high = sent(room.resubmit(offer));
        awaitRecorded(room, offer, high);
    }

    /** What waits was sent at a higher fee than is asked for now: it is outbid all the same. */
    @Test
    void resubmit_feesFell_outbidsItsOwnEarlierFee() throws IOException {
        activate();
        WindowOffer offer = parties.hourly(0, "root");
        chain.anvil().setNextBaseFee(50_000_000_000L);
        chain.mine(1);
        chain.setMining(false);
        Word first = sent(room.submit(offer));
        chain.anvil().setNextBaseFee(1_000_000_000L);
        chain.mineWithoutTransactions();

        Word second = sent(room.resubmit(offer));
        assertThat(second).isNotEqualTo(first);
        chain.setMining(true);
        awaitRecorded(room, offer, second);
    }

    /** Each stuck transaction is outbid at its own number, and none of them again and again. */
    @Test
    void resubmit_manyStuck_eachIsReplacedAtItsOwnNumber() throws IOException {
        activate();
        chain.setMining(false);
        for (int window = 0; window < 4; window++) {
            room.submit(parties.hourly(window, "root"));
        }
        chain.mineWithoutTransactions();
        List<Word> replaced = new ArrayList<>();
        for (int window = 0; window < 4; window++) {
            replaced.add(sent(room.resubmit(parties.hourly(window, "root"))));
        }
        chain.setMining(true);
        for (int window = 0; window < 4; window++) {
            WindowOffer offer = parties.hourly(window, "root");
            awaitRecorded(room, offer, replaced.get(window));
            assertThat(room.outcome(offer, replaced.get(window)))
                    .hasOnlyElementsOfType(PublishOutcome.Accepted.class);
        }
    }

    /** Mining is not part of the call that sends. */
    private static void awaitRecorded(RoomContract room, WindowOffer offer, Word transaction) {
        Await.until(
                "the transaction's block",
                Duration.ofSeconds(10),
                () -> room.outcome(offer, transaction).get(0).isFinal());
        assertThat(room.outcome(offer, transaction).get(0))
                .isInstanceOfAny(PublishOutcome.Accepted.class, PublishOutcome.AlreadyThere.class);
    }

    // Reorganisations.

    /** A publish and its charge are one transaction: what removes the one removes the other. */
    @Test
    void reorganise_underAPublish_takesItsChargeToo() throws IOException {
        activate();
        WindowOffer offer = parties.hourly(0, "root");
        PublishOutcome.Accepted accepted = (PublishOutcome.Accepted) room.publish(offer).get(0);
        long block = accepted.blockNumber();
        Account spender = room.location().contract();
        try (LedgerContract ledger = chain.ledger(TestRoom.approver(0))) {
            assertThat(room.events(block, block)).hasSize(2);
            assertThat(ledger.grant(TestRoom.dataset(0), spender).spent())
                    .isEqualTo(TestRoom.CHARGE);

            chain.anvil().reorganise(1);

            assertThat(room.events(block, block)).isEmpty();
            assertThat(ledger.events(block, block)).isEmpty();
            assertThat(room.releaseHash(TestRoom.HOURLY, offer.start())).isEmpty();
            assertThat(room.charged(TestRoom.HOURLY, TestRoom.FIRST_EPOCH)).isFalse();
            assertThat(ledger.grant(TestRoom.dataset(0), spender).spent()).isZero();
            assertThat(room.outcome(offer, accepted.transaction()))
                    .hasOnlyElementsOfType(PublishOutcome.Retry.class);

            // Its number is free again, below the one that comes next: only a resubmit takes it.
            Word again = sent(room.resubmit(offer));
            awaitRecorded(room, offer, again);
            assertThat(ledger.grant(TestRoom.dataset(0), spender).spent())
                    .isEqualTo(TestRoom.CHARGE);
        }
    }

    /**
     * The same transaction in another block is another place of the event, and no second charge.
     */
    @Test
    void reorganise_anotherSenderFirst_chargesOnce() throws IOException {
        activate();
        WindowOffer offer = parties.hourly(0, "root");
        room.publish(offer);
        chain.anvil().reorganise(1);
        try (RoomContract other = chain.room(room.location(), chain.anvil().signer(2));
                LedgerContract ledger = chain.ledger(TestRoom.approver(0))) {
            assertThat(other.publish(offer)).hasOnlyElementsOfType(PublishOutcome.Accepted.class);
            assertThat(room.publish(offer))
                    .hasOnlyElementsOfType(PublishOutcome.AlreadyThere.class);
            assertThat(ledger.grant(TestRoom.dataset(0), room.location().contract()).spent())
                    .isEqualTo(TestRoom.CHARGE);
        }
    }

    /** Whoever copies the calldata out of the pool only pays for it. */
    @Test
    void submit_frontRunByAStranger_isRecordedOnce() throws IOException {
        activate();
        WindowOffer offer = parties.batch(0, "root", "root");
        try (RoomContract stranger = chain.room(room.location(), chain.anvil().signer(3))) {
            chain.setMining(false);
            Word own = sent(room.submit(offer));
            sent(stranger.submit(offer));
            chain.mineWithoutTransactions();
            Word first = sent(stranger.resubmit(offer));
            chain.setMining(true);

            assertThat(stranger.outcome(offer, first))
                    .hasOnlyElementsOfType(PublishOutcome.Accepted.class);
            assertThat(room.outcome(offer, own))
                    .hasOnlyElementsOfType(PublishOutcome.AlreadyThere.class);
            assertThat(room.events(0, room.headBlock()))
                    .filteredOn(RoomEvent.Published.class::isInstance)
                    .hasSize(2);
        }
    }

    // Deployment.

    @Test
    void deploy_freshKey_goesWhereForetold() throws IOException {
        ChainSigner fresh = chain.anvil().signer(7);
        try (ChainDeployer deployer = ChainDeployer.connect(chain.rpcUrl(), fresh)) {
            assertThat(deployer.chainId()).isEqualTo(31_337);
            Account factory = deployer.deployFactory().contract();
            assertThat(factory).isEqualTo(ChainDeployer.address(fresh.account(), 0));
            ChainDeployer.Deployment ledger = deployer.deployLedger(factory);
            assertThat(ledger.contract()).isEqualTo(ChainDeployer.address(fresh.account(), 1));

            ChainDeployer.CreatedRoom created =
                    deployer.createRoom(factory, TestRoom.configuration(1, ledger.contract()));
            Account contract = created.location().contract();
            assertThat(contract).isEqualTo(ChainDeployer.address(factory, 1));
            assertThat(created.block()).isEqualTo(ledger.block() + 1);
            assertThat(ChainDeployer.isRoom(chain.rpcUrl(), factory, contract)).isTrue();
            assertThat(ChainDeployer.isRoom(chain.rpcUrl(), factory, ledger.contract())).isFalse();
            try (RoomContract there = chain.room(created.location())) {
                assertThat(there.events(created.block(), created.block())).hasSize(1);
            }
        }
    }

    @Test
    void createRoom_noFactoryThere_throws() throws IOException {
        RoomConfiguration good = TestRoom.configuration(1, chain.ledger());
        try (ChainDeployer deployer = chain.deployer()) {
            for (Account other : List.of(NOTHING_THERE, chain.ledger())) {
                assertThatThrownBy(() -> deployer.createRoom(other, good))
                        .isInstanceOf(WrongChainException.class)
                        .hasMessageContaining("no RoomFactory");
                assertThat(ChainDeployer.isRoom(chain.rpcUrl(), other, NOTHING_THERE)).isFalse();
            }
        }
    }
}
