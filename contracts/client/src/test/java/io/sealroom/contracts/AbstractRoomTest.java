package io.sealroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.local.parts.Await;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link RoomContract} does, the real one and the fake. */
abstract class AbstractRoomTest {

    private static final int FINALITY_DEPTH = 3;

    private RoomContract room;
    private TestRoom parties;

    /** A room with this configuration on a chain that is up. */
    abstract RoomContract deploy(RoomConfiguration configuration) throws IOException;

    /** The same room, by an endpoint that is expected to lead to something else. */
    abstract RoomContract seenAs(RoomLocation other) throws IOException;

    /** Adds empty blocks. */
    abstract void mine(int blocks) throws IOException;

    /** Whether transactions get into blocks. */
    abstract void setMining(boolean value) throws IOException;

    @BeforeEach
    void deployRoom() throws IOException {
        start(FINALITY_DEPTH);
    }

    private void start(int finalityDepth) throws IOException {
        room = deploy(TestRoom.configuration(finalityDepth));
        parties = new TestRoom(room.location(), finalityDepth);
    }

    @AfterEach
    void closeRoom() throws IOException {
        setMining(true);
        room.close();
    }

    // Location.

    @Test
    void verify_rightRoom_passes() throws IOException {
        room.verify();
        assertThat(room.configurationHash())
                .isEqualTo(RoomDigests.configurationHash(TestRoom.configuration(FINALITY_DEPTH)));
    }

    @Test
    void anyCall_otherChainId_throwsForGood() throws IOException {
        RoomLocation location = room.location();
        RoomLocation other =
                new RoomLocation(
                        location.chainId() + 1, location.contract(), location.policyHash());
        try (RoomContract wrong = seenAs(other)) {
            assertThatThrownBy(wrong::headBlock)
                    .isInstanceOfSatisfying(
                            WrongChainException.class,
                            e -> assertThat(e.what()).isEqualTo(WrongChainException.What.CHAIN_ID));
            assertThatThrownBy(() -> wrong.submit(parties.hourly(0, "root")))
                    .isInstanceOf(WrongChainException.class);
        }
    }

    @Test
    void anyCall_otherPolicy_throwsForGood() throws IOException {
        RoomLocation location = room.location();
        RoomLocation other =
                new RoomLocation(
                        location.chainId(), location.contract(), RoomDigests.id("other policy"));
        try (RoomContract wrong = seenAs(other)) {
            assertThatThrownBy(wrong::approved)
                    .isInstanceOfSatisfying(
                            WrongChainException.class,
                            e ->
                                    assertThat(e.what())
                                            .isEqualTo(WrongChainException.What.POLICY_HASH));
        }
    }

    // Deploy.

    static Stream<Arguments> refusedConfigurations() {
        return RefusedConfigurations.all().stream()
                .map(refused -> Arguments.of(refused.error(), refused.configuration()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedConfigurations")
    void deploy_refusedConfiguration_throwsWithTheContractsError(
            String error, RoomConfiguration configuration) {
        assertThatThrownBy(() -> deploy(configuration))
                .isInstanceOfSatisfying(
                        RefusedConfigurationException.class,
                        e -> assertThat(e.reason()).hasToString(error));
    }

    // Approve.

    @Test
    void approve_byAll_approvesTheRoom() throws IOException {
        assertThat(room.approved()).isFalse();
        parties.approveAll(room);
        assertThat(room.approved()).isTrue();
        assertThat(room.hasApproved(2)).isTrue();
        assertThat(room.events(0, room.headBlock()))
                .filteredOn(RoomEvent.Approved.class::isInstance)
                .extracting(event -> ((RoomEvent.Approved) event).approvals())
                .containsExactly(1, 2, 3);
    }

    @Test
    void approve_again_isAlreadyApproved() throws IOException {
        room.approve(1, parties.approval(1));
        assertThat(room.approve(1, parties.approval(1)))
                .isEqualTo(new ApproveOutcome.AlreadyApproved());
        assertThat(room.hasApproved(0)).isFalse();
    }

    @Test
    void approve_bySomeoneElse_isRefusedWithTheReason() {
        ApproveOutcome outcome = room.approve(0, parties.approval(2));
        assertThat(outcome)
                .isEqualTo(
                        new ApproveOutcome.Refused(
                                new ContractError(
                                        "WrongSigner",
                                        List.of(
                                                TestRoom.PUBLISHER.toString(),
                                                TestRoom.signer(0xa1).account().hex(),
                                                TestRoom.signer(0xa3).account().hex()))));
    }

    @Test
    void approve_unknownPartner_isRefused() {
        assertThat(room.approve(3, parties.approval(0)))
                .isEqualTo(
                        new ApproveOutcome.Refused(
                                new ContractError("UnknownPartner", List.of("3", "3"))));
    }

    // Publish.

    @Test
    void publish_beforeApproval_isRetried() {
        room.approve(0, parties.approval(0));
        assertThat(room.publish(parties.hourly(0, "root")))
                .isEqualTo(new PublishOutcome.Retry(RetryCause.NOT_APPROVED, "NotApproved(1, 3)"));
    }

    @Test
    void publish_first_isAcceptedAndRecorded() throws IOException {
        parties.approveAll(room);
        ReleaseOffer offer = parties.hourly(5, "root");

        Word transaction = sent(room.submit(offer));
        Await.until(
                "a receipt",
                Duration.ofSeconds(10),
                () -> room.outcome(offer, transaction) instanceof PublishOutcome.Accepted);
        PublishOutcome.Accepted accepted =
                (PublishOutcome.Accepted) room.outcome(offer, transaction);

        assertThat(accepted.transaction()).isEqualTo(transaction);
        assertThat(room.releaseHash(offer.query(), offer.start())).contains(offer.releaseHash());
        assertThat(room.totalsCommitment(TestRoom.ADVERTISER, offer.start(), offer.end()))
                .contains(offer.totals().get(1).commitment());
        assertThat(room.totalsCommitment(TestRoom.EVALUATOR, offer.start(), offer.end())).isEmpty();
        assertThat(room.releaseHash(offer.query(), offer.end())).isEmpty();

        List<RoomEvent> events = room.events(accepted.blockNumber(), accepted.blockNumber());
        assertThat(events).hasSize(3);
        assertThat(events.get(1))
                .isInstanceOfSatisfying(
                        RoomEvent.TotalsCommitted.class,
                        event -> {
                            assertThat(event.partner()).isEqualTo(TestRoom.ADVERTISER);
                            assertThat(event.commitment())
                                    .isEqualTo(offer.totals().get(1).commitment());
                        });
        RoomEvent.Position at =
                new RoomEvent.Position(
                        accepted.blockNumber(), accepted.blockHash(), accepted.transaction(), 2);
        assertThat(events.get(2))
                .isEqualTo(
                        new RoomEvent.Published(
                                at,
                                offer.query(),
                                offer.start(),
                                offer.end(),
                                offer.releaseHash(),
                                offer.root(),
                                7,
                                BigInteger.valueOf(3)));
    }

    @Test
    void publish_sameAgain_isAlreadyThereWithoutATransaction() throws IOException {
        parties.approveAll(room);
        ReleaseOffer offer = parties.hourly(0, "root");
        room.publish(offer);
        long head = room.headBlock();

        assertThat(room.publish(offer))
                .isEqualTo(new PublishOutcome.AlreadyThere(offer.releaseHash()));
        assertThat(room.headBlock()).isEqualTo(head);
    }

    @Test
    void publish_totalsKnown_needNoSignature() throws IOException {
        parties.approveAll(room);
        ReleaseOffer first = parties.hourly(0, "root");
        room.publish(first);
        ReleaseOffer unsigned =
                new ReleaseOffer(
                        first.query(),
                        first.start(),
                        first.end(),
                        first.rowCount(),
                        first.root(),
                        first.mechanisms(),
                        first.releaseHash(),
                        first.totals().stream()
                                .map(t -> new TotalsOffer(t.commitment(), Signature.NONE))
                                .toList(),
                        first.signatures());
        assertThat(room.publish(unsigned)).isInstanceOf(PublishOutcome.AlreadyThere.class);
    }

    @Test
    void publish_otherHash_isAConflictOnRecordOnce() throws IOException {
        parties.approveAll(room);
        ReleaseOffer first = parties.hourly(0, "root");
        ReleaseOffer second = parties.hourly(0, "another root");
        room.publish(first);

        PublishOutcome conflict = new PublishOutcome.Conflict(Optional.of(first.releaseHash()));
        assertThat(room.publish(second)).isEqualTo(conflict);
        long head = room.headBlock();
        assertThat(room.publish(second)).isEqualTo(conflict);

        assertThat(room.headBlock()).isEqualTo(head);
        assertThat(room.releaseHash(first.query(), first.start())).contains(first.releaseHash());
        assertThat(room.events(head, head))
                .singleElement()
                .isInstanceOfSatisfying(
                        RoomEvent.Conflict.class,
                        event -> {
                            assertThat(event.stored()).contains(first.releaseHash());
                            assertThat(event.offered()).isEqualTo(second.releaseHash());
                            assertThat(event.signers()).isEqualTo(BigInteger.valueOf(3));
                        });
    }

    @Test
    void publish_otherTotals_isAConflictWithEvidence() throws IOException {
        parties.approveAll(room);
        ReleaseOffer first = parties.hourly(0, "root");
        ReleaseOffer second = parties.offer(TestRoom.START, "root", "other input", 2);
        room.publish(first);

        assertThat(room.publish(second))
                .isEqualTo(new PublishOutcome.Conflict(Optional.of(first.releaseHash())));
        assertThat(room.events(room.headBlock(), room.headBlock()).get(0))
                .isInstanceOfSatisfying(
                        RoomEvent.TotalsEquivocation.class,
                        event -> {
                            assertThat(event.partner()).isEqualTo(TestRoom.ADVERTISER);
                            assertThat(event.stored())
                                    .isEqualTo(first.totals().get(1).commitment());
                            assertThat(event.offered())
                                    .isEqualTo(second.totals().get(1).commitment());
                            assertThat(event.signature())
                                    .isEqualTo(second.totals().get(1).signature());
                        });
    }

    @Test
    void publish_refused_namesTheErrorAndSendsNothing() throws IOException {
        parties.approveAll(room);
        long head = room.headBlock();

        assertThat(room.publish(parties.offer(TestRoom.START, "root", "input", 1)))
                .isEqualTo(refused("QuorumMissed", "1", "2"));
        assertThat(room.publish(parties.offer(TestRoom.START + 1, "root", "input", 2)))
                .isEqualTo(
                        refused(
                                "WindowOutOfRoom",
                                TestRoom.HOURLY.toString(),
                                Long.toString(TestRoom.START + 1),
                                Long.toString(TestRoom.HOUR)));
        assertThat(room.publish(parties.withRowCount(0)))
                .isEqualTo(
                        refused(
                                "NoRows",
                                TestRoom.HOURLY.toString(),
                                Long.toString(TestRoom.START)));
        assertThat(room.publish(parties.withQuery(RoomDigests.id("other"))))
                .isEqualTo(refused("UnknownQuery", RoomDigests.id("other").toString()));
        assertThat(room.publish(parties.withoutTotals()))
                .isEqualTo(refused("TotalsCount", "1", "2"));
        assertThat(room.headBlock()).isEqualTo(head);
    }

    @Test
    void publish_badSignatures_areRefusedByTheContractsOwnErrors() {
        parties.approveAll(room);
        ReleaseOffer offer = parties.hourly(0, "root");
        byte[] raw = offer.signatures().get(0).signature().toBytes();

        raw[64] = (byte) (raw[64] - 27);
        assertThat(room.publish(parties.withFirstSignature(offer, raw)))
                .isEqualTo(refused("ECDSAInvalidSignature"));
        assertThat(room.publish(parties.withFirstSignature(offer, new byte[64])))
                .isEqualTo(refused("ECDSAInvalidSignatureLength", "64"));
        byte[] high = offer.signatures().get(0).signature().toBytes();
        Arrays.fill(high, 32, 64, (byte) 0x80);
        assertThat(room.publish(parties.withFirstSignature(offer, high)))
                .isEqualTo(refused("ECDSAInvalidSignatureS", "0x" + "80".repeat(32)));
        assertThat(room.publish(parties.withFirstSignature(offer, secondOf(offer))))
                .isEqualTo(
                        refused(
                                "SignersNotAscending",
                                offer.signatures().get(1).node().hex(),
                                offer.signatures().get(1).node().hex()));
    }

    /** By this transaction or by another. */
    static void assertRecorded(PublishOutcome outcome) {
        assertThat(outcome)
                .isInstanceOfAny(PublishOutcome.Accepted.class, PublishOutcome.AlreadyThere.class);
    }

    private static byte[] secondOf(ReleaseOffer offer) {
        return offer.signatures().get(1).signature().toBytes();
    }

    private static PublishOutcome refused(String name, String... arguments) {
        return new PublishOutcome.Refused(new ContractError(name, List.of(arguments)));
    }

    // Submit and outcome.

    @Test
    void outcome_notMinedYet_isRetriedThenAccepted() throws IOException {
        parties.approveAll(room);
        ReleaseOffer offer = parties.hourly(0, "root");
        setMining(false);
        Word transaction = sent(room.submit(offer));
        assertThat(room.outcome(offer, transaction))
                .isInstanceOfSatisfying(
                        PublishOutcome.Retry.class,
                        retry -> assertThat(retry.cause()).isEqualTo(RetryCause.NOT_MINED));
        assertThat(room.releaseHash(offer.query(), offer.start())).isEmpty();

        setMining(true);
        assertThat(room.outcome(offer, transaction)).isInstanceOf(PublishOutcome.Accepted.class);
    }

    /** Two nodes submit the same release at once: one transaction finds the other's there. */
    @Test
    void outcome_anotherWasFirst_isAlreadyThere() throws IOException {
        parties.approveAll(room);
        ReleaseOffer offer = parties.hourly(0, "root");
        setMining(false);
        Word first = sent(room.submit(offer));
        Word second = sent(room.submit(offer));
        setMining(true);

        assertThat(room.outcome(offer, first)).isInstanceOf(PublishOutcome.Accepted.class);
        assertThat(room.outcome(offer, second))
                .isEqualTo(new PublishOutcome.AlreadyThere(offer.releaseHash()));
    }

    @Test
    void outcome_conflictInTheSameBlock_isAConflict() throws IOException {
        parties.approveAll(room);
        ReleaseOffer first = parties.hourly(0, "root");
        ReleaseOffer second = parties.hourly(0, "another root");
        setMining(false);
        Word one = sent(room.submit(first));
        Word two = sent(room.submit(second));
        setMining(true);

        assertThat(room.outcome(first, one)).isInstanceOf(PublishOutcome.Accepted.class);
        assertThat(room.outcome(second, two))
                .isEqualTo(new PublishOutcome.Conflict(Optional.of(first.releaseHash())));
    }

    @Test
    void resubmit_notMined_replacesTheTransaction() throws IOException {
        parties.approveAll(room);
        ReleaseOffer offer = parties.hourly(0, "root");
        setMining(false);
        Word first = sent(room.submit(offer));
        Word second = sent(room.resubmit(offer));
        setMining(true);

        assertThat(second).isNotEqualTo(first);
        assertThat(room.outcome(offer, second)).isInstanceOf(PublishOutcome.Accepted.class);
        assertThat(room.outcome(offer, first))
                .isEqualTo(new PublishOutcome.AlreadyThere(offer.releaseHash()));
    }

    @Test
    void outcome_unknownTransaction_isNotMined() {
        parties.approveAll(room);
        assertThat(room.outcome(parties.hourly(0, "root"), RoomDigests.id("no transaction")))
                .isInstanceOfSatisfying(
                        PublishOutcome.Retry.class,
                        retry -> assertThat(retry.cause()).isEqualTo(RetryCause.NOT_MINED));
    }

    private static Word sent(Submission submission) {
        assertThat(submission).isInstanceOf(Submission.Sent.class);
        return ((Submission.Sent) submission).transaction();
    }

    // Blocks and events.

    @Test
    void finalBlock_withADepth_trailsTheHeadByIt() throws IOException {
        mine(4);
        assertThat(room.finalBlock()).isEqualTo(room.headBlock() - FINALITY_DEPTH);
    }

    @Test
    void finalBlock_withoutADepth_isTheChainsFinalizedTag() throws IOException {
        room.close();
        start(0);
        mine(4);
        assertThat(room.finalBlock()).isEqualTo(room.headBlock() - 2);
    }

    @Test
    void events_ofARange_areInChainOrder() throws IOException {
        parties.approveAll(room);
        long before = room.headBlock();
        room.publish(parties.hourly(0, "root"));
        room.publish(parties.hourly(1, "root"));
        long head = room.headBlock();

        List<RoomEvent> all = room.events(0, head);
        assertThat(all.get(0)).isInstanceOf(RoomEvent.Opened.class);
        assertThat(all).hasSize(1 + 3 + 3 + 3);
        assertThat(room.events(before + 1, head)).isEqualTo(all.subList(4, 10));
        assertThat(room.events(before + 1, before)).isEmpty();
        assertThat(room.events(head, head + 100)).isEqualTo(all.subList(7, 10));
        assertThat(all.get(0))
                .isInstanceOfSatisfying(
                        RoomEvent.Opened.class,
                        event ->
                                assertThat(event.policyHash())
                                        .isEqualTo(room.location().policyHash()));
    }
}
