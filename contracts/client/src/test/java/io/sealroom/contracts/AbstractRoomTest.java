package io.sealroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.local.parts.Await;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link RoomContract} does with configurations, offers and blocks. */
abstract class AbstractRoomTest extends RoomFixture {

    // Location.

    @Test
    void verify_rightRoom_passes() throws IOException {
        room.verify();
        assertThat(room.configurationHash())
                .isEqualTo(RoomDigests.configurationHash(configuration));
    }

    @Test
    void anyCall_otherChainId_throwsForGood() throws IOException {
        RoomLocation location = room.location();
        RoomLocation other =
                new RoomLocation(
                        location.chainId() + 1, location.contract(), location.policyHash());
        try (RoomContract wrong = chain().room(other)) {
            assertThatThrownBy(wrong::headBlock)
                    .isInstanceOfSatisfying(
                            WrongChainException.class,
                            e -> assertThat(e.what()).isEqualTo(WrongChainException.What.CHAIN_ID));
            assertThatThrownBy(() -> wrong.submit(parties.hourly(0, "root")))
                    .isInstanceOf(WrongChainException.class);
            assertThatThrownBy(() -> parties.approve(wrong, 0))
                    .isInstanceOf(WrongChainException.class);
        }
    }

    @Test
    void anyCall_otherPolicy_throwsForGood() throws IOException {
        RoomLocation location = room.location();
        RoomLocation other =
                new RoomLocation(
                        location.chainId(), location.contract(), RoomDigests.id("other policy"));
        try (RoomContract wrong = chain().room(other)) {
            assertThatThrownBy(wrong::approved)
                    .isInstanceOfSatisfying(
                            WrongChainException.class,
                            e ->
                                    assertThat(e.what())
                                            .isEqualTo(WrongChainException.What.POLICY_HASH));
        }
    }

    // Create.

    static Stream<Arguments> refusedConfigurations() {
        return RefusedConfigurations.all().stream()
                .map(refused -> Arguments.of(refused.error(), refused.change()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedConfigurations")
    void create_refusedConfiguration_throwsWithTheContractsError(
            String error, UnaryOperator<RoomConfiguration> change) {
        RoomConfiguration good = TestRoom.configuration(1, chain().ledger());
        assertThatThrownBy(() -> chain().create(change.apply(good)))
                .isInstanceOfSatisfying(
                        RefusedConfigurationException.class,
                        e -> assertThat(e.reason()).hasToString(error));
    }

    // Publish.

    @Test
    void publish_beforeAllRevealed_isRetried() throws IOException {
        parties.approveAll(room);
        parties.reveal(room, 1);
        assertThat(room.publish(parties.batch(0, "root", "root")))
                .isEqualTo(
                        Collections.nCopies(
                                2,
                                new PublishOutcome.Retry(
                                        RetryCause.NOT_ACTIVE, "NotActive(1, 3)")));
    }

    @Test
    void publish_first_isAcceptedAndRecorded() throws IOException {
        activate();
        WindowOffer offer = parties.batch(5, "root", "root");
        ReleaseOffer release = offer.releases().get(1);

        Word transaction = sent(room.submit(offer));
        Await.until(
                "a receipt",
                Duration.ofSeconds(10),
                () -> room.outcome(offer, transaction).get(0) instanceof PublishOutcome.Accepted);
        List<PublishOutcome> outcomes = room.outcome(offer, transaction);
        PublishOutcome.Accepted accepted = (PublishOutcome.Accepted) outcomes.get(1);

        assertThat(outcomes).hasSize(2);
        assertThat(outcomes.get(0)).isEqualTo(accepted);
        assertThat(accepted.transaction()).isEqualTo(transaction);
        assertThat(room.releaseHash(release.query(), offer.start()))
                .contains(release.releaseHash());
        assertThat(room.releaseHash(release.query(), offer.end())).isEmpty();
        assertThat(room.totalsHash(offer.start(), offer.end())).contains(offer.totalsHash());
        assertThat(room.totalsHash(offer.start(), offer.end() + 1)).isEmpty();

        // The ledger's two charges are logs of the same transaction.
        List<RoomEvent> events = room.events(accepted.blockNumber(), accepted.blockNumber());
        assertThat(events)
                .hasSize(3)
                .startsWith(
                        new RoomEvent.TotalsCommitted(
                                at(accepted, 0), offer.start(), offer.end(), offer.commitments()))
                .endsWith(
                        new RoomEvent.Published(
                                at(accepted, 4),
                                release.query(),
                                offer.start(),
                                offer.end(),
                                release.releaseHash(),
                                release.root(),
                                7,
                                BigInteger.valueOf(3)));
    }

    private static ChainEvent.Position at(PublishOutcome.Accepted accepted, int logIndex) {
        return new ChainEvent.Position(
                accepted.blockNumber(), accepted.blockHash(), accepted.transaction(), logIndex);
    }

    @Test
    void publish_sameAgain_isAlreadyThereWithoutATransaction() throws IOException {
        activate();
        WindowOffer offer = parties.batch(0, "root", "root");
        room.publish(offer);
        long head = room.headBlock();

        assertThat(room.publish(offer)).isEqualTo(alreadyThere(offer));
        assertThat(room.headBlock()).isEqualTo(head);
    }

    @Test
    void publish_restOfABatch_isToldReleaseByRelease() throws IOException {
        activate();
        WindowOffer alone = parties.hourly(0, "root");
        room.publish(alone);

        List<PublishOutcome> outcomes = room.publish(parties.batch(0, "root", "root"));
        assertThat(outcomes.get(0)).isEqualTo(alreadyThere(alone).get(0));
        assertThat(outcomes.get(1)).isInstanceOf(PublishOutcome.Accepted.class);
        assertThat(newestEvents()).singleElement().isInstanceOf(RoomEvent.Published.class);

        outcomes = room.publish(parties.batch(0, "another root", "root"));
        assertThat(outcomes)
                .isEqualTo(
                        List.of(
                                conflict(alone),
                                alreadyThere(parties.batch(0, "root", "root")).get(1)));
    }

    private static List<PublishOutcome> alreadyThere(WindowOffer offer) {
        return offer.releases().stream()
                .<PublishOutcome>map(r -> new PublishOutcome.AlreadyThere(r.releaseHash()))
                .toList();
    }

    /** With what the first release of an offer is. */
    private static PublishOutcome conflict(WindowOffer offer) {
        return new PublishOutcome.Conflict(Optional.of(offer.releases().get(0).releaseHash()));
    }

    @Test
    void publish_totalsKnown_needNoSignature() throws IOException {
        activate();
        room.publish(parties.hourly(0, "root"));
        WindowOffer both = parties.batch(0, "root", "root");
        WindowOffer unsigned =
                new WindowOffer(
                        both.start(),
                        both.end(),
                        both.totals().stream()
                                .map(t -> new TotalsOffer(t.commitment(), Signature.NONE))
                                .toList(),
                        both.releases(),
                        both.signatures());
        assertThat(room.publish(unsigned).get(1)).isInstanceOf(PublishOutcome.Accepted.class);
    }

    @Test
    void publish_otherHash_isAConflictOnRecordOnce() throws IOException {
        activate();
        WindowOffer first = parties.hourly(0, "root");
        WindowOffer second = parties.hourly(0, "another root");
        room.publish(first);

        assertThat(room.publish(second)).containsExactly(conflict(first));
        long head = room.headBlock();
        assertThat(room.publish(second)).containsExactly(conflict(first));

        assertThat(room.headBlock()).isEqualTo(head);
        assertThat(room.releaseHash(TestRoom.HOURLY, first.start()))
                .contains(first.releases().get(0).releaseHash());
        assertThat(room.events(head, head))
                .singleElement()
                .isInstanceOfSatisfying(
                        RoomEvent.Conflict.class,
                        event -> {
                            assertThat(event.stored())
                                    .contains(first.releases().get(0).releaseHash());
                            assertThat(event.offered())
                                    .isEqualTo(second.releases().get(0).releaseHash());
                            assertThat(event.signers()).isEqualTo(BigInteger.valueOf(3));
                        });
    }

    @Test
    void publish_otherTotals_isAConflictOnRecordOnce() throws IOException {
        activate();
        WindowOffer first = parties.hourly(0, "root");
        WindowOffer second = parties.offer(TestRoom.START, "root", "other input", 2);
        room.publish(first);

        assertThat(room.publish(second)).containsExactly(conflict(first));
        assertThat(newestEvents()).hasSize(2);
        assertThat(newestEvents().get(0))
                .isInstanceOfSatisfying(
                        RoomEvent.TotalsConflict.class,
                        event -> {
                            assertThat(event.start()).isEqualTo(first.start());
                            assertThat(event.end()).isEqualTo(first.end());
                            assertThat(event.stored()).isEqualTo(first.totalsHash());
                            assertThat(event.offered()).isEqualTo(second.commitments());
                        });
        long head = room.headBlock();
        assertThat(room.publish(second)).containsExactly(conflict(first));
        assertThat(room.headBlock()).isEqualTo(head);
        assertThat(room.totalsHash(first.start(), first.end())).contains(first.totalsHash());
    }

    /** Nothing stands for the query, and nothing may: the window's totals are others. */
    @Test
    void publish_otherTotalsForAnotherQuery_isAConflictWithNothing() throws IOException {
        activate();
        room.publish(parties.hourly(0, "root"));
        WindowOffer good = parties.batch(0, "root", "root");
        WindowOffer other =
                parties.withTotals(
                        parties.totals(good.start(), good.end(), "other input"),
                        TestRoom.release(TestRoom.HOURLY_TOO, "root"));

        assertThat(room.publish(other))
                .containsExactly(new PublishOutcome.Conflict(Optional.empty()));
        assertThat(room.releaseHash(TestRoom.HOURLY_TOO, good.start())).isEmpty();
        assertThat(room.publish(good).get(1)).isInstanceOf(PublishOutcome.Accepted.class);
    }

    @Test
    void publish_refused_namesTheErrorAndSendsNothing() throws IOException {
        activate();
        long head = room.headBlock();
        long start = TestRoom.START;
        long hour = TestRoom.HOUR;
        Word hourly = TestRoom.HOURLY;

        assertThat(room.publish(parties.of())).isEqualTo(allRefused(1, "ReleaseCount", 0, 64));
        assertThat(
                        room.publish(
                                parties.of(
                                        Collections.nCopies(65, TestRoom.release(hourly, "root"))
                                                .toArray(new ReleaseOffer[0]))))
                .isEqualTo(allRefused(65, "ReleaseCount", 65, 64));
        assertThat(room.publish(parties.offer(start, "root", "input", 1)))
                .isEqualTo(allRefused(1, "QuorumMissed", 1, 2));
        assertThat(room.publish(parties.window(hourly, start - hour, start)))
                .isEqualTo(allRefused(1, "WindowOutOfRoom", start - hour, start, TestRoom.END));
        assertThat(room.publish(parties.window(hourly, start + hour, start + hour)))
                .isEqualTo(
                        allRefused(1, "WindowOutOfRoom", start + hour, start + hour, TestRoom.END));
        assertThat(room.publish(parties.window(hourly, start + 1, start + 1 + hour)))
                .isEqualTo(
                        allRefused(
                                1, "WindowNotOfQuery", hourly, start + 1, start + 1 + hour, hour));
        assertThat(room.publish(parties.window(TestRoom.DAILY, start, start + hour)))
                .isEqualTo(
                        allRefused(
                                1,
                                "WindowNotOfQuery",
                                TestRoom.DAILY,
                                start,
                                start + hour,
                                TestRoom.DAY));
        assertThat(room.publish(parties.of(TestRoom.release(hourly, "root", 0))))
                .isEqualTo(allRefused(1, "NoRows", hourly, start));
        assertThat(room.publish(parties.of(TestRoom.release(RoomDigests.id("other"), "root"))))
                .isEqualTo(allRefused(1, "UnknownQuery", RoomDigests.id("other")));
        assertThat(room.headBlock()).isEqualTo(head);
    }

    /** One wrong release refuses them all. */
    @Test
    void publish_oneOfTheBatchRefused_refusesAll() throws IOException {
        activate();
        WindowOffer offer =
                parties.of(
                        TestRoom.release(TestRoom.HOURLY, "root"),
                        TestRoom.release(TestRoom.HOURLY_TOO, "root", 0));
        assertThat(room.publish(offer))
                .isEqualTo(allRefused(2, "NoRows", TestRoom.HOURLY_TOO, TestRoom.START));
        assertThat(room.releaseHash(TestRoom.HOURLY, TestRoom.START)).isEmpty();
    }

    @Test
    void publish_badTotals_areRefusedWithTheReason() throws IOException {
        activate();
        List<TotalsOffer> good = parties.hourly(0, "root").totals();
        TotalsOffer publisher = good.get(0);
        TotalsOffer advertiser = good.get(1);
        TotalsOffer zero = new TotalsOffer(Word.ZERO, advertiser.signature());
        TotalsOffer unsigned = new TotalsOffer(advertiser.commitment(), Signature.NONE);
        TotalsOffer allUnsigned = new TotalsOffer(publisher.commitment(), Signature.NONE);

        assertThat(room.publish(parties.withTotals(List.of(publisher))))
                .isEqualTo(allRefused(1, "TotalsCount", 1, 1, 2));
        assertThat(room.publish(parties.withTotals(List.of())))
                .isEqualTo(allRefused(1, "TotalsCount", 0, 0, 2));
        assertThat(room.publish(parties.withTotals(List.of(allUnsigned, unsigned))))
                .isEqualTo(allRefused(1, "TotalsCount", 2, 0, 2));
        assertThat(room.publish(parties.withTotals(List.of(publisher, zero))))
                .isEqualTo(allRefused(1, "ZeroCommitment", TestRoom.ADVERTISER));
        assertThat(room.publish(parties.withTotals(List.of(publisher, unsigned))))
                .isEqualTo(allRefused(1, "ECDSAInvalidSignatureLength", 0));
        // A commitment copied from another partner is signed by the wrong one.
        assertThat(room.publish(parties.withTotals(List.of(publisher, publisher))).get(0))
                .isInstanceOfSatisfying(
                        PublishOutcome.Refused.class,
                        refused -> {
                            assertThat(refused.reason().name()).isEqualTo("WrongSigner");
                            assertThat(refused.reason().arguments().subList(0, 2))
                                    .containsExactly(
                                            TestRoom.ADVERTISER.toString(),
                                            TestRoom.partner(2).account().hex());
                        });
    }

    @Test
    void publish_badSignatures_areRefusedByTheContractsOwnErrors() throws IOException {
        activate();
        WindowOffer offer = parties.hourly(0, "root");
        byte[] raw = offer.signatures().get(0).signature().toBytes();

        raw[64] = (byte) (raw[64] - 27);
        assertThat(room.publish(parties.withFirstSignature(offer, raw)))
                .isEqualTo(allRefused(1, "ECDSAInvalidSignature"));
        assertThat(room.publish(parties.withFirstSignature(offer, new byte[64])))
                .isEqualTo(allRefused(1, "ECDSAInvalidSignatureLength", 64));
        byte[] high = offer.signatures().get(0).signature().toBytes();
        Arrays.fill(high, 32, 64, (byte) 0x80);
        assertThat(room.publish(parties.withFirstSignature(offer, high)))
                .isEqualTo(allRefused(1, "ECDSAInvalidSignatureS", "0x" + "80".repeat(32)));
        Account second = offer.signatures().get(1).node();
        assertThat(room.publish(parties.withFirstSignature(offer, secondOf(offer))))
                .isEqualTo(allRefused(1, "SignersNotAscending", second, second));
        Word digest =
                RoomDigests.releases(
                        room.location(), offer.start(), offer.end(), offer.signedReleases());
        assertThat(
                        room.publish(
                                parties.withFirstSignature(
                                        offer, TestRoom.partner(0).sign(digest).toBytes())))
                .isEqualTo(allRefused(1, "NotANode", TestRoom.partner(0).account()));
    }

    private static byte[] secondOf(WindowOffer offer) {
        return offer.signatures().get(1).signature().toBytes();
    }

    // Submit and outcome.

    @Test
    void outcome_notMinedYet_isRetriedThenAccepted() throws IOException {
        activate();
        WindowOffer offer = parties.batch(0, "root", "root");
        chain().setMining(false);
        Word transaction = sent(room.submit(offer));
        assertNotMined(room.outcome(offer, transaction), 2);
        assertThat(room.releaseHash(TestRoom.HOURLY, offer.start())).isEmpty();

        chain().setMining(true);
        assertThat(room.outcome(offer, transaction))
                .hasSize(2)
                .hasOnlyElementsOfType(PublishOutcome.Accepted.class);
    }

    private static void assertNotMined(List<PublishOutcome> outcomes, int releases) {
        assertThat(outcomes)
                .hasSize(releases)
                .allSatisfy(
                        outcome ->
                                assertThat(outcome)
                                        .isInstanceOfSatisfying(
                                                PublishOutcome.Retry.class,
                                                retry ->
                                                        assertThat(retry.cause())
                                                                .isEqualTo(RetryCause.NOT_MINED)));
    }

    /** Two nodes submit the same releases at once: one transaction finds the other's there. */
    @Test
    void outcome_anotherWasFirst_isAlreadyThere() throws IOException {
        activate();
        WindowOffer offer = parties.hourly(0, "root");
        chain().setMining(false);
        Word first = sent(room.submit(offer));
        Word second = sent(room.submit(offer));
        chain().setMining(true);

        assertThat(room.outcome(offer, first)).hasOnlyElementsOfType(PublishOutcome.Accepted.class);
        assertThat(room.outcome(offer, second)).isEqualTo(alreadyThere(offer));
    }

    @Test
    void outcome_conflictInTheSameBlock_isAConflict() throws IOException {
        activate();
        WindowOffer first = parties.batch(0, "root", "root");
        WindowOffer second = parties.batch(0, "another root", "root");
        chain().setMining(false);
        Word one = sent(room.submit(first));
        Word two = sent(room.submit(second));
        chain().setMining(true);

        assertThat(room.outcome(first, one)).hasOnlyElementsOfType(PublishOutcome.Accepted.class);
        assertThat(room.outcome(second, two))
                .isEqualTo(List.of(conflict(first), alreadyThere(second).get(1)));
    }

    @Test
    void resubmit_notMined_replacesTheTransaction() throws IOException {
        activate();
        WindowOffer offer = parties.hourly(0, "root");
        chain().setMining(false);
        Word first = sent(room.submit(offer));
        chain().mineWithoutTransactions();
        Word second = sent(room.resubmit(offer));
        chain().setMining(true);

        assertThat(second).isNotEqualTo(first);
        assertThat(room.outcome(offer, second))
                .hasOnlyElementsOfType(PublishOutcome.Accepted.class);
        assertThat(room.outcome(offer, first)).isEqualTo(alreadyThere(offer));
    }

    @Test
    void outcome_unknownTransaction_isNotMined() throws IOException {
        activate();
        assertNotMined(
                room.outcome(parties.hourly(0, "root"), RoomDigests.id("no transaction")), 1);
    }

    // Blocks and events.

    @Test
    void finalBlock_withADepth_trailsTheHeadByIt() throws IOException {
        chain().mine(4);
        assertThat(room.finalBlock()).isEqualTo(room.headBlock() - FINALITY_DEPTH);
    }

    @Test
    void finalBlock_withoutADepth_isTheChainsFinalizedTag() throws IOException {
        create(TestRoom.configuration(0, chain().ledger()));
        chain().mine(4);
        assertThat(room.finalBlock()).isEqualTo(room.headBlock() - 2);
    }

    @Test
    void events_ofARange_areInChainOrder() throws IOException {
        activate();
        long before = room.headBlock();
        room.publish(parties.hourly(0, "root"));
        room.publish(parties.hourly(1, "root"));
        long head = room.headBlock();

        List<RoomEvent> all = room.events(0, head);
        assertThat(all.get(0))
                .isInstanceOfSatisfying(
                        RoomEvent.Opened.class,
                        event -> {
                            assertThat(event.policyHash()).isEqualTo(room.location().policyHash());
                            assertThat(event.configurationHash())
                                    .isEqualTo(RoomDigests.configurationHash(configuration));
                            assertThat(event.configuration()).isEqualTo(configuration);
                        });
        // Opened, approvals, keys, activated, then totals and a release each.
        assertThat(all).hasSize(1 + 3 + 3 + 1 + 2 + 2);
        assertThat(room.events(before + 1, head)).isEqualTo(all.subList(8, 12));
        assertThat(room.events(before + 1, before)).isEmpty();
        assertThat(room.events(head, head + 100)).isEqualTo(all.subList(10, 12));
    }
}
