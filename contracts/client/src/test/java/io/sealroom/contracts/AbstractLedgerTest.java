package io.sealroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link LedgerContract} does, the real one and the fake. */
abstract class AbstractLedgerTest extends RoomFixture {

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final ChainSigner OWNER = TestRoom.signer(0xe1);

    private final Word name = RoomDigests.id("ledger test " + NAMES.incrementAndGet());
    private final Word dataset = RoomDigests.dataset(OWNER.account(), name);
    private LedgerContract ledger;
    private Account spender;

    @BeforeEach
    void connect() {
        ledger = chain().ledger(OWNER);
        spender = room.location().contract();
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
    }

    private List<LedgerEvent> newestLedgerEvents() throws IOException {
        return ledger.events(ledger.headBlock(), ledger.headBlock());
    }

    // Location.

    @Test
    void verify_rightLedger_passes() throws IOException {
        ledger.verify();
        assertThat(ledger.factory()).isEqualTo(chain().factory());
        assertThat(ledger.location().contract()).isEqualTo(chain().ledger());
    }

    @Test
    void anyCall_otherChainOrNoLedgerThere_throwsForGood() {
        LedgerLocation location = ledger.location();
        try (LedgerContract wrong =
                chain().ledger(new LedgerLocation(location.chainId() + 1, location.contract()))) {
            assertThatThrownBy(wrong::headBlock)
                    .isInstanceOfSatisfying(
                            WrongChainException.class,
                            e -> assertThat(e.what()).isEqualTo(WrongChainException.What.CHAIN_ID));
        }
        try (LedgerContract wrong =
                chain().ledger(new LedgerLocation(location.chainId(), OWNER.account()))) {
            assertThatThrownBy(wrong::factory)
                    .isInstanceOfSatisfying(
                            WrongChainException.class,
                            e -> assertThat(e.what()).isEqualTo(WrongChainException.What.CONTRACT));
        }
    }

    // Register.

    @Test
    void register_new_isTheOwnersDataset() throws IOException {
        assertThat(ledger.account(dataset)).isEmpty();
        TestRoom.recorded(ledger.register(name, TestRoom.EPOCH, 10, 100));

        assertThat(ledger.account(dataset))
                .contains(new DatasetAccount(TestRoom.EPOCH, 10, 100, 0));
        assertThat(newestLedgerEvents())
                .singleElement()
                .isInstanceOfSatisfying(
                        LedgerEvent.Registered.class,
                        event ->
                                assertThat(event)
                                        .isEqualTo(
                                                new LedgerEvent.Registered(
                                                        event.at(),
                                                        dataset,
                                                        OWNER.account(),
                                                        name,
                                                        TestRoom.EPOCH,
                                                        10,
                                                        100)));
    }

    @Test
    void register_refused_namesTheError() {
        for (ActionOutcome zero :
                List.of(
                        ledger.register(Word.ZERO, 1, 1, 1),
                        ledger.register(name, 0, 1, 1),
                        ledger.register(name, 1, 0, 1),
                        ledger.register(name, 1, 1, 0))) {
            assertThat(zero).isEqualTo(refused("ZeroValue"));
        }
        TestRoom.recorded(ledger.register(name, 1, 1, 1));
        assertThat(ledger.register(name, 2, 2, 2)).isEqualTo(refused("AlreadyRegistered", dataset));
    }

    // Allow.

    @Test
    void allow_aRoom_mayBeRaisedAndLowered() throws IOException {
        TestRoom.recorded(ledger.register(name, TestRoom.EPOCH, 10, 100));
        TestRoom.recorded(parties.allow(ledger, name, 60));
        assertThat(ledger.grant(dataset, spender)).isEqualTo(new DatasetGrant(60, 0, 10));
        assertThat(newestLedgerEvents())
                .singleElement()
                .isInstanceOfSatisfying(
                        LedgerEvent.Allowed.class,
                        event ->
                                assertThat(event)
                                        .isEqualTo(
                                                new LedgerEvent.Allowed(
                                                        event.at(), dataset, spender, 60)));

        assertThat(parties.allow(ledger, name, 60))
                .isInstanceOf(ActionOutcome.AlreadyRecorded.class);
        TestRoom.recorded(parties.allow(ledger, name, 100));
        TestRoom.recorded(parties.allow(ledger, name, 20));
        assertThat(ledger.account(dataset))
                .contains(new DatasetAccount(TestRoom.EPOCH, 10, 100, 20));
        assertThat(ledger.grant(dataset, OWNER.account())).isEqualTo(new DatasetGrant(0, 0, 0));
    }

    @Test
    void allow_refused_namesTheError() throws IOException {
        assertThat(parties.allow(ledger, name, 1)).isEqualTo(refused("NotRegistered", dataset));
        TestRoom.recorded(ledger.register(name, TestRoom.EPOCH, 10, 100));
        assertThat(ledger.allow(name, OWNER.account(), Word.ZERO, 1))
                .isEqualTo(refused("NotARoom", OWNER.account()));
        assertThat(parties.allow(ledger, name, 101))
                .isEqualTo(refused("AllowancesAboveLimit", 101, 100));
        TestRoom.recorded(parties.allow(ledger, name, 60));
        create();
        assertThat(parties.allow(ledger, name, 41))
                .isEqualTo(refused("AllowancesAboveLimit", 101, 100));

        Word daily = RoomDigests.id("daily " + name);
        TestRoom.recorded(ledger.register(daily, TestRoom.DAY, 10, 100));
        assertThat(parties.allow(ledger, daily, 1))
                .isEqualTo(refused("PeriodDiffers", TestRoom.DAY, TestRoom.EPOCH));
    }

    /** At the address that an owner looked at may stand another room, after a reorganisation. */
    @Test
    void allow_anotherConfigurationThere_isRefused() throws IOException {
        TestRoom.recorded(ledger.register(name, TestRoom.EPOCH, 10, 100));
        Word meant = RoomDigests.id("another room");
        Word found = RoomDigests.configurationHash(configuration);
        assertThat(ledger.allow(name, spender, meant, 1))
                .isEqualTo(refused("ConfigurationDiffers", spender, meant, found));
        assertThat(ledger.grant(dataset, spender).allowance()).isZero();
        assertThat(room.configurationHash()).isEqualTo(found);
    }

    @Test
    void allow_belowSpent_isRefused() throws IOException {
        activate();
        room.publish(parties.hourly(0, "root"));
        try (LedgerContract publishers = chain().ledger(TestRoom.approver(0))) {
            Word publisher = TestRoom.datasetName(0);
            assertThat(parties.allow(publishers, publisher, TestRoom.CHARGE - 1))
                    .isEqualTo(
                            refused("AllowanceBelowSpent", TestRoom.CHARGE - 1, TestRoom.CHARGE));
            TestRoom.recorded(parties.allow(publishers, publisher, TestRoom.CHARGE));
        }
    }

    // Charge.

    @Test
    void publish_first_chargesEveryDatasetOnce() throws IOException {
        activate();
        long before = ledger.spentInPeriod(TestRoom.dataset(0), TestRoom.FIRST_EPOCH);
        assertThat(room.charged(TestRoom.HOURLY, TestRoom.FIRST_EPOCH)).isFalse();

        WindowOffer offer = parties.hourly(5, "root");
        PublishOutcome.Accepted accepted = (PublishOutcome.Accepted) room.publish(offer).get(0);

        assertThat(ledger.events(accepted.blockNumber(), accepted.blockNumber()))
                .containsExactly(
                        new LedgerEvent.Charged(
                                new ChainEvent.Position(
                                        accepted.blockNumber(),
                                        accepted.blockHash(),
                                        accepted.transaction(),
                                        1),
                                spender,
                                TestRoom.FIRST_EPOCH,
                                TestRoom.HOURLY,
                                offer.start(),
                                TestRoom.CHARGE,
                                List.of(TestRoom.dataset(0), TestRoom.dataset(2))));
        assertThat(ledger.charges(0, ledger.headBlock()))
                .last()
                .extracting(LedgerEvent.Charged::room)
                .isEqualTo(spender);
        assertThat(ledger.charges(1, 0)).isEmpty();
        room.publish(parties.hourly(6, "root"));
        assertThat(newestLedgerEvents()).isEmpty();
        assertThat(room.charged(TestRoom.HOURLY, TestRoom.FIRST_EPOCH)).isTrue();
        assertThat(room.charged(TestRoom.HOURLY, TestRoom.FIRST_EPOCH + 1)).isFalse();
        assertThat(ledger.spentInPeriod(TestRoom.dataset(0), TestRoom.FIRST_EPOCH))
                .isEqualTo(before + TestRoom.CHARGE);
        assertThat(ledger.grant(TestRoom.dataset(2), spender))
                .isEqualTo(
                        new DatasetGrant(
                                TestRoom.ALLOWANCE, TestRoom.CHARGE, TestRoom.LIMIT_PER_PERIOD));
    }

    @Test
    void charged_unknownQuery_throws() {
        assertThatThrownBy(() -> room.charged(RoomDigests.id("other"), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("UnknownQuery(" + RoomDigests.id("other") + ")");
    }

    @Test
    void shortOf_dryRun_namesTheFirstThatCannotPay() throws IOException {
        TestRoom.recorded(ledger.register(name, TestRoom.EPOCH, 10, 100));
        Word other = RoomDigests.id("other " + name);
        TestRoom.recorded(ledger.register(other, TestRoom.EPOCH, 50, 100));
        TestRoom.recorded(parties.allow(ledger, name, 100));
        TestRoom.recorded(parties.allow(ledger, other, 5));
        List<Word> both = List.of(dataset, RoomDigests.dataset(OWNER.account(), other));

        assertThat(ledger.shortOf(spender, both, 0, 5)).isEmpty();
        assertThat(ledger.shortOf(spender, both, 0, 6)).contains(both.get(1));
        assertThat(ledger.shortOf(spender, both, 0, 11)).contains(dataset);
        assertThat(ledger.shortOf(OWNER.account(), both, 0, 1)).contains(dataset);
        assertThat(ledger.shortOf(spender, List.of(), 0, 1)).isEmpty();
    }

    // Withheld.

    @Test
    void publish_beyondTheBudget_isWithheldForGood() throws IOException {
        parties.activate(room, chain(), TestRoom.CHARGE);
        WindowOffer offer = parties.batch(0, "root", "root");

        List<PublishOutcome> outcomes = room.publish(offer);
        PublishOutcome withheld = new PublishOutcome.Withheld(TestRoom.dataset(2));
        assertThat(outcomes.get(0)).isInstanceOf(PublishOutcome.Accepted.class);
        assertThat(outcomes.get(1)).isEqualTo(withheld);
        assertThat(room.releaseHash(TestRoom.HOURLY_TOO, offer.start()))
                .contains(RoomContract.WITHHELD);
        List<RoomEvent> events = newestEvents();
        assertThat(events).hasSize(3);
        assertThat(events.get(2))
                .isInstanceOfSatisfying(
                        RoomEvent.Withheld.class,
                        event -> {
                            assertThat(event.query()).isEqualTo(TestRoom.HOURLY_TOO);
                            assertThat(event.start()).isEqualTo(offer.start());
                            assertThat(event.end()).isEqualTo(offer.end());
                            assertThat(event.offered())
                                    .isEqualTo(offer.releases().get(1).releaseHash());
                            assertThat(event.dataset()).isEqualTo(TestRoom.dataset(2));
                        });

        // More budget does not bring it back, and asking again is no transaction.
        parties.allow(chain(), TestRoom.ALLOWANCE);
        long head = room.headBlock();
        assertThat(room.publish(offer))
                .containsExactly(
                        new PublishOutcome.AlreadyThere(offer.releases().get(0).releaseHash()),
                        withheld);
        assertThat(room.headBlock()).isEqualTo(head);
        // The next window is another matter.
        assertThat(room.publish(parties.batch(1, "root", "root")))
                .hasOnlyElementsOfType(PublishOutcome.Accepted.class);
    }
}
