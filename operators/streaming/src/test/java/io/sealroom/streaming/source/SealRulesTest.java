package io.sealroom.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.privacy.seal.SealRules;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.record.RecipientSecret;
import io.sealroom.schemas.record.RejectReason;
import io.sealroom.schemas.record.Seal;
import io.sealroom.schemas.record.WindowPart;
import io.sealroom.streaming.testing.TestingKeys;
import io.sealroom.streaming.testing.TestingPartner;
import io.sealroom.streaming.testing.TestingRoom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SealRulesTest {

    private final TestingRoom room = TestingRoom.small();
    private final TestingPartner publisher = room.partner("publisher");
    private final PartnerTopic topic = PartnerTopic.of(room.identity(), room.policy(), "publisher");
    private final PartitionProgress start = PartitionProgress.start(topic, 0);

    @Test
    void refusal_validSealInsideWindow_none() {
        assertThat(refusal(publisher.nextSeal(0, room.minute(10)))).isEmpty();
        assertThat(refusal(publisher.nextSeal(0, room.minute(50)))).isEmpty();
    }

    @Test
    void refusal_validSealEndingOneWindow_none() {
        Seal seal = publisher.nextSeal(0, room.minute(60));
        assertThat(seal.windows()).hasSize(1);
        assertThat(refusal(seal)).isEmpty();
    }

    @Test
    void refusal_validSealEndingTwoWindows_none() {
        publisher.sealAll(room.minute(60));
        Seal seal = publisher.nextSeal(0, room.minute(120));
        assertThat(seal.windows()).hasSize(2);
        assertThat(
                        new SealRules(topic, 0)
                                .refusal(
                                        seal,
                                        new PartitionProgress(room.minute(60), publisher.chain(0))))
                .isEmpty();
    }

    @Test
    void refusal_otherPolicy_sealPolicy() {
        Seal seal = publisher.nextSeal(0, room.minute(10));
        Seal other =
                new Seal(
                        0,
                        seal.from(),
                        seal.to(),
                        seal.count(),
                        seal.head(),
                        Bytes32.ZERO,
                        false,
                        List.of(),
                        seal.signature());
        assertThat(refusal(publisher.sign(other))).contains(RejectReason.SEAL_POLICY);
    }

    @Test
    void refusal_otherPartition_sealPartition() {
        assertThat(refusal(publisher.nextSeal(1, room.minute(10))))
                .contains(RejectReason.SEAL_PARTITION);
    }

    @Test
    void refusal_otherSigner_sealSignature() {
        Seal seal = publisher.nextSeal(0, room.minute(10));
        assertThat(refusal(publisher.sign(seal, TestingKeys.chainKey("advertiser"))))
                .contains(RejectReason.SEAL_SIGNATURE);
    }

    @Test
    void refusal_signatureOfOtherContent_sealSignature() {
        Seal seal = publisher.nextSeal(0, room.minute(10));
        Seal altered = with(seal, seal.from(), room.minute(20), seal.count(), seal.head());
        assertThat(refusal(altered)).contains(RejectReason.SEAL_SIGNATURE);
        assertThat(refusal(seal.signed(Bytes.of(new byte[65]))))
                .contains(RejectReason.SEAL_SIGNATURE);
    }

    @Test
    void refusal_signatureOfSameSealInOtherRoom_sealSignature() {
        TestingRoom elsewhere =
                new TestingRoom(
                        room.policy(),
                        new io.sealroom.schemas.hash.RoomIdentity(
                                1,
                                room.identity().contract(),
                                room.identity().room(),
                                room.identity().policyHash()));
        assertThat(refusal(elsewhere.partner("publisher").nextSeal(0, room.minute(10))))
                .contains(RejectReason.SEAL_SIGNATURE);
    }

    @Test
    void refusal_negativeFields_sealSignature() {
        Seal seal = publisher.nextSeal(0, room.minute(10));
        assertThat(refusal(with(seal, -1, seal.to(), 0, seal.head())))
                .contains(RejectReason.SEAL_SIGNATURE);
        assertThat(refusal(with(seal, seal.from(), -1, 0, seal.head())))
                .contains(RejectReason.SEAL_SIGNATURE);
        assertThat(refusal(with(seal, seal.from(), seal.to(), -1, seal.head())))
                .contains(RejectReason.SEAL_SIGNATURE);
    }

    @Test
    void refusal_gapOrOverlap_sealOrder() {
        Seal seal = publisher.nextSeal(0, room.minute(30));
        assertThat(refusal(signed(seal, room.minute(10), seal.to())))
                .contains(RejectReason.SEAL_ORDER);
        assertThat(refusal(signed(seal, room.minute(-10), seal.to())))
                .contains(RejectReason.SEAL_ORDER);
    }

    @Test
    void refusal_slicesOfAStandingSeal_repeatedOrDiffers() {
        Seal seal = publisher.nextSeal(0, room.minute(10));
        SealRules rules = new SealRules(topic, 0);
        PartitionProgress sealed = start.withSeal(rules.standing(seal, 4));
        assertThat(rules.refusal(seal, sealed)).contains(RejectReason.SEAL_REPEATED);
        assertThat(rules.refusal(signed(seal, seal.from(), room.minute(20)), sealed))
                .contains(RejectReason.SEAL_DIFFERS);
        assertThat(rules.refusal(signed(seal, room.minute(20), room.minute(30)), sealed))
                .contains(RejectReason.SEAL_ORDER);
    }

    @Test
    void refusal_boundsNotSlices_sealSlice() {
        assertThat(refusal(publisher.nextSeal(0, room.minute(5))))
                .contains(RejectReason.SEAL_SLICE);
    }

    @Test
    void refusal_emptyOrBackwards_sealSlice() {
        assertThat(refusal(publisher.nextSeal(0, room.minute(0))))
                .contains(RejectReason.SEAL_SLICE);
        assertThat(refusal(publisher.nextSeal(0, room.minute(-10))))
                .contains(RejectReason.SEAL_SLICE);
    }

    @Test
    void refusal_acrossWindowEnd_sealSlice() {
        assertThat(refusal(publisher.nextSeal(0, room.minute(70))))
                .contains(RejectReason.SEAL_SLICE);
    }

    @Test
    void refusal_beyondRoom_sealSlice() {
        publisher.sealAll(room.minute(240));
        Seal seal = publisher.nextSeal(0, room.minute(250));
        assertThat(
                        new SealRules(topic, 0)
                                .refusal(
                                        seal,
                                        new PartitionProgress(
                                                room.minute(240), publisher.chain(0))))
                .contains(RejectReason.SEAL_SLICE);
    }

    @Test
    void refusal_otherCount_sealCount() {
        Seal seal = publisher.nextSeal(0, room.minute(10));
        assertThat(refusal(publisher.sign(with(seal, seal.from(), seal.to(), 1, seal.head()))))
                .contains(RejectReason.SEAL_COUNT);
    }

    @Test
    void refusal_otherHead_sealHead() {
        Seal seal = publisher.nextSeal(0, room.minute(10));
        assertThat(
                        refusal(
                                publisher.sign(
                                        with(
                                                seal,
                                                seal.from(),
                                                seal.to(),
                                                seal.count(),
                                                Bytes32.ZERO))))
                .contains(RejectReason.SEAL_HEAD);
    }

    @Test
    void refusal_partsMissingSurplusOrTwice_sealWindows() {
        Seal closing = publisher.nextSeal(0, room.minute(60));
        assertWindowsRefused(closing, List.of());
        assertWindowsRefused(closing, List.of(closing.windows().get(0), closing.windows().get(0)));
        WindowPart part = closing.windows().get(0);
        assertWindowsRefused(publisher.nextSeal(0, room.minute(50)), List.of(part));
    }

    @Test
    void refusal_partOfOtherBounds_sealWindows() {
        Seal closing = publisher.nextSeal(0, room.minute(60));
        List<ChainHead> heads = List.of(publisher.chain(0), publisher.chain(1));
        assertWindowsRefused(
                closing,
                List.of(publisher.windowParts().part(room.minute(-60), room.minute(60), heads)));
        assertWindowsRefused(
                closing,
                List.of(publisher.windowParts().part(room.minute(0), room.minute(120), heads)));
    }

    @Test
    void refusal_partsInFallingOrder_sealWindows() {
        publisher.sealAll(room.minute(60));
        Seal seal = publisher.nextSeal(0, room.minute(120));
        List<WindowPart> falling = new ArrayList<>(seal.windows());
        Collections.reverse(falling);
        assertThat(
                        new SealRules(topic, 0)
                                .refusal(
                                        publisher.sign(with(seal, falling)),
                                        new PartitionProgress(room.minute(60), publisher.chain(0))))
                .contains(RejectReason.SEAL_WINDOWS);
    }

    @Test
    void refusal_recipientMissingOrOutOfOrder_sealWindows() {
        Seal closing = publisher.nextSeal(0, room.minute(60));
        WindowPart part = closing.windows().get(0);
        RecipientSecret node = part.secrets().get(0);
        RecipientSecret auditor = part.secrets().get(1);
        assertWindowsRefused(closing, List.of(with(part, List.of(node))));
        assertWindowsRefused(closing, List.of(with(part, List.of(auditor, node))));
        assertWindowsRefused(closing, List.of(with(part, List.of(node, auditor, auditor))));
    }

    @Test
    void refusal_partsOutsidePartitionZero_sealWindows() {
        Seal seal = publisher.nextSeal(1, room.minute(60));
        Seal withParts = with(seal, publisher.nextSeal(0, room.minute(60)).windows());
        assertThat(
                        new SealRules(topic, 1)
                                .refusal(
                                        publisher.sign(withParts),
                                        PartitionProgress.start(topic, 1)))
                .contains(RejectReason.SEAL_WINDOWS);
    }

    @Test
    void refusal_reanchorAcrossWindowEnd_none() {
        assertThat(refusal(publisher.reanchor(0, room.minute(130)))).isEmpty();
    }

    @Test
    void refusal_reanchorWithParts_sealWindows() {
        Seal closing = publisher.nextSeal(0, room.minute(60));
        Seal reanchor =
                new Seal(
                        0,
                        closing.from(),
                        closing.to(),
                        closing.count(),
                        closing.head(),
                        closing.policyHash(),
                        true,
                        closing.windows(),
                        closing.signature());
        assertThat(refusal(publisher.sign(reanchor))).contains(RejectReason.SEAL_WINDOWS);
    }

    private java.util.Optional<RejectReason> refusal(Seal seal) {
        return new SealRules(topic, 0).refusal(seal, start);
    }

    private void assertWindowsRefused(Seal seal, List<WindowPart> parts) {
        assertThat(refusal(publisher.sign(with(seal, parts)))).contains(RejectReason.SEAL_WINDOWS);
    }

    private Seal signed(Seal seal, long from, long to) {
        return publisher.sign(with(seal, from, to, seal.count(), seal.head()));
    }

    private static Seal with(Seal seal, long from, long to, long count, Bytes32 head) {
        return new Seal(
                seal.partition(),
                from,
                to,
                count,
                head,
                seal.policyHash(),
                seal.reanchor(),
                seal.windows(),
                seal.signature());
    }

    private static Seal with(Seal seal, List<WindowPart> parts) {
        return new Seal(
                seal.partition(),
                seal.from(),
                seal.to(),
                seal.count(),
                seal.head(),
                seal.policyHash(),
                seal.reanchor(),
                parts,
                seal.signature());
    }

    private static WindowPart with(WindowPart part, List<RecipientSecret> secrets) {
        return new WindowPart(
                part.start(),
                part.end(),
                part.commitment(),
                part.commitmentSignature(),
                part.shareCommitment(),
                secrets);
    }
}
