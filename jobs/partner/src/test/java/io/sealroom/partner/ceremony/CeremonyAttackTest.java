package io.sealroom.partner.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.contracts.Account;
import io.sealroom.contracts.ActionOutcome;
import io.sealroom.contracts.EpochKey;
import io.sealroom.contracts.InMemoryRoom;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Word;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.RoomKeys;
import io.sealroom.partner.room.TestRoom;
import io.sealroom.privacy.oprf.PublicKeyShare;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;

/**
 * What an endpoint or a partner may try before the first evaluation. Each test names the line that
 * stops it; without that line the test fails.
 */
class CeremonyAttackTest {

    private final TestRoom room = TestRoom.file("test-room");
    private final Policy policy = room.policy();
    private final InMemoryCeremonyChain chain = InMemoryCeremonyChain.start(room);
    private final TestParties parties = new TestParties(room, chain);

    private CeremonyState check(CeremonyView view) throws IOException {
        return new Ceremony(policy, room.identity(), view).check();
    }

    private LyingView lying() {
        return new LyingView(chain.view(), policy);
    }

    private void assertRefused(CeremonyView view, CeremonyRefusal reason, String detail)
            throws IOException {
        assertThat(check(view))
                .isInstanceOfSatisfying(
                        CeremonyState.Refused.class,
                        refused -> {
                            assertThat(refused.reason()).isEqualTo(reason);
                            assertThat(refused.detail()).contains(detail);
                        });
    }

    /** m * G - (the publisher's key): the joint key would be m, known to the advertiser alone. */
    private PublicKeyShare rogueKey() {
        var curve = CustomNamedCurves.getByName("P-256");
        byte[] theirs = room.shares("publisher").publicKeys().get(0).encoded().toBytes();
        ECPoint rogue =
                curve.getG()
                        .multiply(BigInteger.valueOf(4711))
                        .subtract(curve.getCurve().decodePoint(theirs))
                        .normalize();
        return PublicKeyShare.decode(Bytes.of(rogue.getEncoded(true))).orElseThrow();
    }

    /** Guard: RoomCeremony.sol, InvalidKeyProof; and in the agent Ceremony.check, missing. */
    @Test
    void rogueKey_onChain_isNotRevealedAndTheRoomNotActive() throws IOException {
        List<EpochKey> rogue = List.of(TestParties.key(rogueKey()));
        parties.approve("publisher");
        parties.approve("advertiser", rogue);
        parties.reveal("publisher");

        // The best it has: proofs of a key that it does know.
        ActionOutcome outcome = chain.reveal(1, rogue, parties.proofs("advertiser"));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        ActionOutcome.Refused.class,
                        refused ->
                                assertThat(refused.reason().name()).isEqualTo("InvalidKeyProof"));
        assertThat(check(chain.view()))
                .isEqualTo(
                        new CeremonyState.NotActive(
                                List.of(
                                        AbstractCeremonyTest.missing(
                                                "advertiser", CeremonyState.Step.REVEAL))));
    }

    /** Guard: RevealedKeys.requireProven, verifies. */
    @Test
    void rogueKey_endpointForgesEverything_isRefusedByTheAgentItself() throws IOException {
        parties.open();
        PublicKeyShare rogue = rogueKey();
        LyingView view =
                lying().commitment("advertiser", parties.commitment("advertiser", List.of(rogue)))
                        .keys("advertiser", List.of(TestParties.key(rogue)));

        assertRefused(view, CeremonyRefusal.NO_PROOF, "keys of advertiser: the proof");
        view.proofs("advertiser", Optional.of(List.of()));
        assertRefused(view, CeremonyRefusal.PROOF_COUNT, "not one proof for each key");
    }

    /** Guard: RevealedKeys.requireProven, the context of the proof names the partner. */
    @Test
    void keyOfAnother_withItsProof_isRefused() throws IOException {
        parties.open();
        PublicKeyShare copied = room.shares("publisher").publicKeys().get(0);
        LyingView view =
                lying().commitment("advertiser", parties.commitment("advertiser", List.of(copied)))
                        .keys("advertiser", List.of(TestParties.key(copied)))
                        .proofs("advertiser", Optional.of(parties.proofs("publisher")));

        assertRefused(view, CeremonyRefusal.NO_PROOF, "keys of advertiser");
    }

    /** Guard: Ceremony.check, missing.isEmpty(). */
    @Test
    void evaluation_beforeAllHaveRevealed_hasNoKeys() throws IOException {
        parties.approve("publisher");
        parties.approve("advertiser");
        parties.reveal("publisher");

        assertThat(check(chain.view())).isInstanceOf(CeremonyState.NotActive.class);
        // An endpoint that says otherwise still has to show keys.
        assertThatThrownBy(() -> check(lying().allRevealed()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no event of the keys of advertiser");
    }

    /** Guard: RevealedKeys.eventOf. */
    @Test
    void keys_hiddenByTheEndpoint_areNotComplete() {
        parties.open();

        assertThatThrownBy(() -> check(lying().hide("publisher")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no event of the keys of publisher");
    }

    /** Guard: RevealedKeys.requireBound, commitment. */
    @Test
    void key_swappedInTheEvent_isRefused() throws IOException {
        parties.open();
        TestRoom other = TestRoom.file("test-room");
        List<EpochKey> swapped =
                List.of(TestParties.key(other.shares("advertiser").publicKeys().get(0)));
        LyingView view =
                lying().keys("advertiser", swapped)
                        .proofs(
                                "advertiser",
                                Optional.of(parties.proofs(other, "advertiser", "advertiser")));

        assertRefused(
                view,
                CeremonyRefusal.OTHER_KEYS,
                "keys of advertiser: the keys are not those it bound itself to");
    }

    /** Guard: RoomKeys.of, requireOwn; and requireNoOther for what the room file has. */
    @Test
    void key_swappedWithCommitmentAndProof_meetsOwnSeedOrRoomFile() throws Exception {
        parties.open();
        TestRoom other = TestRoom.file("test-room");
        for (String partner : List.of("publisher", "advertiser")) {
            List<PublicKeyShare> swapped = other.shares(partner).publicKeys();
            CeremonyState.Complete complete =
                    (CeremonyState.Complete)
                            check(
                                    lying().commitment(
                                                    partner, parties.commitment(partner, swapped))
                                            .keys(partner, List.of(TestParties.key(swapped.get(0))))
                                            .proofs(
                                                    partner,
                                                    Optional.of(
                                                            parties.proofs(
                                                                    other, partner, partner))));
            assertThatThrownBy(
                            () ->
                                    RoomKeys.of(
                                            room.member("publisher"),
                                            complete.keys(),
                                            room.shares("publisher")))
                    .isInstanceOf(AgentException.class)
                    .hasMessageContaining(
                            partner.equals("publisher")
                                    ? "the chain's OPRF public key of publisher for epoch"
                                    : "the room file's OPRF public key of advertiser for epoch");
        }
    }

    /** Guard: PartnerKeys.of, joint.isInfinity(). The proofs are said to stand nowhere. */
    @Test
    void keys_thatCancel_areRefused() throws IOException {
        parties.open();
        String encoded = room.shares("publisher").publicKeys().get(0).encoded().toHex();
        PublicKeyShare negated =
                TestParties.decoded(
                        "0x" + (encoded.startsWith("0x02") ? "03" : "02") + encoded.substring(4));
        LyingView view =
                lying().commitment("advertiser", parties.commitment("advertiser", List.of(negated)))
                        .keys("advertiser", List.of(TestParties.key(negated)))
                        .proofs("advertiser", Optional.empty());

        assertRefused(view, CeremonyRefusal.KEYS_UNUSABLE, "KEYS_CANCEL");
    }

    /** Guard: RevealedKeys.requireBound, number and form of keys. */
    @Test
    void keys_tooManyOrNoPoint_areRefused() throws IOException {
        parties.open();
        EpochKey key = parties.keys("advertiser").get(0);

        assertRefused(
                lying().keys("advertiser", List.of(key, key)),
                CeremonyRefusal.KEY_COUNT,
                "there must be 1 keys, one an epoch, there are 2");
        assertRefused(
                lying().keys("advertiser", List.of(new EpochKey(key.x(), key.x()))),
                CeremonyRefusal.KEY_NO_POINT,
                "no point of the curve");
    }

    /** Guard: Ceremony.examineRoom, differences. */
    @Test
    void room_createdWithAnotherQuota_isRefusedNamingIt() throws IOException {
        RoomConfiguration c = RoomConfigurations.of(policy);
        RoomConfiguration other =
                new RoomConfiguration(
                        c.room(),
                        c.policyHash(),
                        c.start(),
                        c.end(),
                        c.epochMillis(),
                        c.quota() + 1,
                        c.semantics(),
                        c.finalityDepth(),
                        c.quorum(),
                        c.ledger(),
                        c.partners(),
                        c.nodes(),
                        c.queries());

        assertRefused(
                InMemoryCeremonyChain.start(room, other).view(),
                CeremonyRefusal.OTHER_CONFIGURATION,
                "quota: policy 200000, chain 200001");
    }

    /** Guard: Ceremony.examineRoom, isOfFactory. */
    @Test
    void room_ofForeignCode_isRefused() throws IOException {
        parties.open();

        assertRefused(lying().foreignCode(), CeremonyRefusal.FOREIGN_CODE, "what code it runs");
    }

    /** Guard: RoomContract.verify, by ChainCeremonyView.configuration. */
    @Test
    void room_onAnotherChain_isRefused() throws IOException {
        RoomLocation expected =
                new RoomLocation(
                        room.identity().chainId(),
                        new Account(room.identity().contract().hex()),
                        Word.of(policy.hash().toBytes()));
        InMemoryRoom elsewhere = InMemoryRoom.deploy(expected, 1, RoomConfigurations.of(policy));

        assertRefused(
                new InMemoryCeremonyChain(elsewhere).view(),
                CeremonyRefusal.OTHER_ROOM,
                "expected 31337, found 1");
    }

    @Test
    void keys_throughAnotherContract_areTakenAndNamed() throws IOException {
        parties.open();

        assertThat(check(lying().proofs("advertiser", Optional.empty())))
                .isInstanceOfSatisfying(
                        CeremonyState.Complete.class,
                        state -> assertThat(state.unproven()).containsExactly("advertiser"));
    }
}
