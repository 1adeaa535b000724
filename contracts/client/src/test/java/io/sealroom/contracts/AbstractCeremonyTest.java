package io.sealroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a room comes alive and how it ends, on the real chain and on the fake. */
abstract class AbstractCeremonyTest extends RoomFixture {

    private static final Account WALLET = new Account("0x" + "c0".repeat(20));

    // Approve.

    @Test
    void approve_byAll_approvesTheRoom() throws IOException {
        assertThat(room.approved()).isFalse();
        parties.approveAll(room);

        assertThat(room.approved()).isTrue();
        assertThat(room.active()).isFalse();
        assertThat(room.keysCommitment(2)).contains(parties.commitment(2));
        assertThat(newestEvents())
                .singleElement()
                .isInstanceOfSatisfying(
                        RoomEvent.Approved.class,
                        event -> {
                            assertThat(event.partner()).isEqualTo(TestRoom.ADVERTISER);
                            assertThat(event.keys()).isEqualTo(parties.commitment(2));
                            assertThat(event.approvals()).isEqualTo(3);
                            assertThat(event.partners()).isEqualTo(3);
                        });
    }

    @Test
    void approve_again_isAlreadyRecorded() throws IOException {
        parties.approve(room, 1);
        long head = room.headBlock();
        assertThat(parties.approve(room, 1)).isEqualTo(new ActionOutcome.AlreadyRecorded());
        assertThat(room.headBlock()).isEqualTo(head);
        assertThat(room.keysCommitment(0)).isEmpty();
    }

    @Test
    void approve_otherKeysThanBound_isRefused() {
        parties.approve(room, 0);
        Word others = RoomDigests.id("other keys");
        assertThat(room.approve(0, others, parties.approval(0, others)))
                .isEqualTo(
                        refused(
                                "KeysAlreadyBound",
                                TestRoom.PUBLISHER,
                                parties.commitment(0),
                                others));
    }

    @Test
    void approve_zeroKeys_isRefused() {
        assertThat(room.approve(0, Word.ZERO, parties.approval(0, Word.ZERO)))
                .isEqualTo(refused("ZeroKeys", TestRoom.PUBLISHER));
    }

    @Test
    void approve_notSignedByTheApprover_isRefused() {
        ActionOutcome notSigned =
                refused("NotSignedByApprover", TestRoom.PUBLISHER, TestRoom.approver(0).account());
        Word keys = parties.commitment(0);
        Word digest =
                RoomDigests.approval(
                        room.location(), RoomDigests.configurationHash(configuration), keys);
        // Another approver, the partner's own agent, other keys, and no signature at all.
        assertThat(room.approve(0, keys, parties.approval(2, keys))).isEqualTo(notSigned);
        assertThat(room.approve(0, keys, TestRoom.partner(0).sign(digest))).isEqualTo(notSigned);
        assertThat(room.approve(0, keys, parties.approval(0, Word.ZERO))).isEqualTo(notSigned);
        assertThat(room.approve(0, keys, Signature.NONE)).isEqualTo(notSigned);
    }

    @Test
    void approve_unknownPartner_isRefused() {
        assertThat(room.approve(3, parties.commitment(0), parties.approval(0)))
                .isEqualTo(refused("UnknownPartner", 3, 3));
    }

    @Test
    void approve_byAContractWallet_isWhatItSays() throws IOException {
        create(withApprover(WALLET));
        chain().install(WALLET, false);
        assertThat(parties.approve(room, 0))
                .isEqualTo(refused("NotSignedByApprover", TestRoom.PUBLISHER, WALLET));
        chain().install(WALLET, true);
        assertThat(parties.approve(room, 0)).isInstanceOf(ActionOutcome.Recorded.class);
    }

    private RoomConfiguration withApprover(Account approver) {
        RoomConfiguration good = configuration;
        RoomConfiguration.Partner first = good.partners().get(0);
        List<RoomConfiguration.Partner> partners = new ArrayList<>(good.partners());
        partners.set(
                0,
                new RoomConfiguration.Partner(
                        first.id(), approver, first.signer(), first.dataset()));
        return new RoomConfiguration(
                good.room(),
                good.policyHash(),
                good.start(),
                good.end(),
                good.epochMillis(),
                good.quota(),
                good.semantics(),
                good.finalityDepth(),
                good.quorum(),
                good.ledger(),
                partners,
                good.nodes(),
                good.queries());
    }

    // Reveal.

    @Test
    void reveal_byAll_activatesTheRoom() throws IOException {
        parties.approveAll(room);
        parties.allow(chain(), TestRoom.ALLOWANCE);
        TestRoom.recorded(parties.reveal(room, 0));
        assertThat(room.revealed(0)).isTrue();
        assertThat(room.revealed(1)).isFalse();
        assertThat(newestEvents())
                .singleElement()
                .isInstanceOfSatisfying(
                        RoomEvent.KeysRevealed.class,
                        event -> {
                            assertThat(event.partner()).isEqualTo(TestRoom.PUBLISHER);
                            assertThat(event.keys()).isEqualTo(parties.keys(0));
                        });
        TestRoom.recorded(parties.reveal(room, 1));
        assertThat(room.active()).isFalse();
        TestRoom.recorded(parties.reveal(room, 2));

        assertThat(room.active()).isTrue();
        assertThat(newestEvents()).hasSize(2);
        assertThat(newestEvents().get(1)).isInstanceOf(RoomEvent.Activated.class);
    }

    @Test
    void reveal_again_isAlreadyRecorded() {
        activate();
        assertThat(parties.reveal(room, 0)).isEqualTo(new ActionOutcome.AlreadyRecorded());
    }

    @Test
    void reveal_notApprovedByAll_isRefused() {
        parties.approve(room, 0);
        assertThat(parties.reveal(room, 0)).isEqualTo(refused("NotApproved", 1, 3));
    }

    @Test
    void reveal_nothingAllowed_isRefused() {
        parties.approveAll(room);
        assertThat(parties.reveal(room, 0))
                .isEqualTo(refused("NothingAllowed", TestRoom.PUBLISHER, TestRoom.dataset(0)));
        // Who supplies nothing has nothing to allow.
        assertThat(parties.reveal(room, 1)).isInstanceOf(ActionOutcome.Recorded.class);
    }

    @Test
    void reveal_wrongKeys_isRefusedWithTheReason() {
        parties.approveAll(room);
        parties.allow(chain(), TestRoom.ALLOWANCE);
        List<EpochKey> keys = parties.keys(0);
        List<KeyProof> proofs = parties.proofs(0);
        List<EpochKey> swapped = List.of(keys.get(1), keys.get(0));

        assertThat(room.reveal(3, keys, proofs)).isEqualTo(refused("UnknownPartner", 3, 3));
        assertThat(room.reveal(0, List.of(), List.of())).isEqualTo(refused("KeyCount", 0, 0, 2));
        assertThat(room.reveal(0, keys, proofs.subList(0, 1)))
                .isEqualTo(refused("KeyCount", 2, 1, 2));
        assertThat(room.reveal(0, swapped, proofs))
                .isEqualTo(
                        refused(
                                "KeysDiffer",
                                TestRoom.PUBLISHER,
                                parties.commitment(0),
                                RoomDigests.keysCommitment(TestRoom.PUBLISHER, swapped)));
    }

    @Test
    void reveal_wrongProof_isRefusedWithItsEpoch() {
        parties.approveAll(room);
        parties.allow(chain(), TestRoom.ALLOWANCE);
        List<EpochKey> keys = parties.keys(0);
        KeyProof first = parties.proofs(0).get(0);
        KeyProof second = parties.proofs(0).get(1);

        assertThat(room.reveal(0, keys, List.of(second, first)))
                .isEqualTo(refused("InvalidKeyProof", TestRoom.PUBLISHER, TestRoom.FIRST_EPOCH));
        for (KeyProof wrong :
                List.of(
                        new KeyProof(second.r(), Word.ZERO),
                        new KeyProof(Word.ZERO, second.s()),
                        new KeyProof(second.s(), second.r()),
                        new KeyProof(new Word(-1, -1, -1, -1), second.s()),
                        new KeyProof(second.r(), new Word(-1, -1, -1, -1)))) {
            assertThat(room.reveal(0, keys, List.of(first, wrong)))
                    .isEqualTo(
                            refused(
                                    "InvalidKeyProof",
                                    TestRoom.PUBLISHER,
                                    TestRoom.FIRST_EPOCH + 1));
        }
    }

    /** Another's key, with its valid proof: the proof names who made it. */
    @Test
    void reveal_copiedKeyAndProof_isRefused() {
        List<EpochKey> copied = parties.keys(0);
        Word keys = RoomDigests.keysCommitment(TestRoom.ADVERTISER, copied);
        parties.approve(room, 0);
        parties.approve(room, 1);
        TestRoom.recorded(room.approve(2, keys, parties.approval(2, keys)));
        parties.allow(chain(), TestRoom.ALLOWANCE);

        assertThat(room.reveal(2, copied, parties.proofs(0)))
                .isEqualTo(refused("InvalidKeyProof", TestRoom.ADVERTISER, TestRoom.FIRST_EPOCH));
    }

    @Test
    void reveal_keyOffTheCurve_isRefused() {
        EpochKey good = parties.keys(0).get(0);
        Word almost = new Word(good.y().w0(), good.y().w1(), good.y().w2(), good.y().w3() ^ 1);
        List<EpochKey> off = List.of(new EpochKey(good.x(), almost), parties.keys(0).get(1));
        Word keys = RoomDigests.keysCommitment(TestRoom.PUBLISHER, off);
        TestRoom.recorded(room.approve(0, keys, parties.approval(0, keys)));
        parties.approve(room, 1);
        parties.approve(room, 2);
        parties.allow(chain(), TestRoom.ALLOWANCE);

        assertThat(room.reveal(0, off, parties.proofs(0)))
                .isEqualTo(refused("InvalidKeyProof", TestRoom.PUBLISHER, TestRoom.FIRST_EPOCH));
    }

    // Leave.

    @Test
    void leaveFrom_nextEpoch_closesTheRoomThere() throws IOException {
        activate();
        assertThat(room.closesAt()).isEqualTo(TestRoom.END);
        long next = TestRoom.FIRST_EPOCH + 1;
        long closing = next * TestRoom.EPOCH;

        assertThat(room.leaveFrom(2, next, parties.leave(2, next)))
                .isInstanceOf(ActionOutcome.Recorded.class);

        assertThat(room.closesAt()).isEqualTo(closing);
        assertThat(newestEvents())
                .singleElement()
                .isInstanceOfSatisfying(
                        RoomEvent.Left.class,
                        event -> {
                            assertThat(event.partner()).isEqualTo(TestRoom.ADVERTISER);
                            assertThat(event.epoch()).isEqualTo(next);
                            assertThat(event.closesAt()).isEqualTo(closing);
                        });
        WindowOffer last = parties.window(TestRoom.HOURLY, closing - TestRoom.HOUR, closing);
        WindowOffer after = parties.window(TestRoom.HOURLY, closing, closing + TestRoom.HOUR);
        assertThat(room.publish(last)).hasOnlyElementsOfType(PublishOutcome.Accepted.class);
        assertThat(room.publish(after))
                .isEqualTo(allRefused(1, "WindowOutOfRoom", after.start(), after.end(), closing));
    }

    @Test
    void leaveFrom_refused_namesTheError() {
        long current = TestRoom.FIRST_EPOCH;
        long next = current + 1;
        assertThat(room.leaveFrom(3, next, parties.leave(0, next)))
                .isEqualTo(refused("UnknownPartner", 3, 3));
        assertThat(room.leaveFrom(0, next, parties.leave(2, next)))
                .isEqualTo(
                        refused(
                                "NotSignedByApprover",
                                TestRoom.PUBLISHER,
                                TestRoom.approver(0).account()));
        assertThat(room.leaveFrom(0, current, parties.leave(0, current)))
                .isEqualTo(refused("EpochNotAhead", current, current));
        assertThat(room.leaveFrom(0, current + 2, parties.leave(0, current + 2)))
                .isEqualTo(refused("ClosesEarlier", current + 2, TestRoom.END));
        assertThat(room.leaveFrom(0, Long.MAX_VALUE, parties.leave(0, Long.MAX_VALUE)))
                .isEqualTo(refused("ClosesEarlier", Long.MAX_VALUE, TestRoom.END));
        TestRoom.recorded(room.leaveFrom(0, next, parties.leave(0, next)));
        assertThat(room.leaveFrom(0, next, parties.leave(0, next)))
                .isEqualTo(refused("ClosesEarlier", next, next * TestRoom.EPOCH));
    }
}
