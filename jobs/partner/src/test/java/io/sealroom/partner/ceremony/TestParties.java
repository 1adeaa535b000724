package io.sealroom.partner.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.contracts.ActionOutcome;
import io.sealroom.contracts.ChainSigner;
import io.sealroom.contracts.EpochKey;
import io.sealroom.contracts.KeyProof;
import io.sealroom.contracts.LedgerContract;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.contracts.Word;
import io.sealroom.partner.room.TestRoom;
import io.sealroom.privacy.oprf.KeyCeremony;
import io.sealroom.privacy.oprf.ProofContext;
import io.sealroom.privacy.oprf.ProofOfPossession;
import io.sealroom.privacy.oprf.PublicKeyShare;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the partners of a test room do on its chain; each approves for itself. */
public final class TestParties {

    private static final long LIMIT = 1_000_000_000;

    private final TestRoom room;
    private final Policy policy;
    private final CeremonyChain chain;

    public TestParties(TestRoom room, CeremonyChain chain) {
        this.room = room;
        this.policy = room.policy();
        this.chain = chain;
    }

    /** Takes all steps of all partners. */
    public void open() {
        for (Partner partner : policy.partners()) {
            approve(partner.name());
        }
        for (Partner partner : policy.partners()) {
            assertDone(reveal(partner.name()));
        }
    }

    public void approve(String partner) {
        approve(partner, keys(partner));
    }

    /** Binds a partner to these keys, and lets the room spend. */
    void approve(String partner, List<EpochKey> keys) {
        int index = policy.partnerIndex(partner).orElseThrow();
        RoomConfiguration configuration = RoomConfigurations.of(policy);
        Word hash = RoomDigests.configurationHash(configuration);
        ChainSigner signer = signer(partner);
        if (policy.partner(partner).supplies()) {
            Word dataset = RoomDigests.id(String.valueOf(policy.partner(partner).dataset()));
            try (LedgerContract ledger = chain.ledger(signer)) {
                assertDone(ledger.register(dataset, policy.epochMillis(), LIMIT, LIMIT));
                assertDone(ledger.allow(dataset, chain.room().location().contract(), hash, LIMIT));
            }
        }
        Word commitment =
                RoomDigests.keysCommitment(configuration.partners().get(index).id(), keys);
        assertDone(
                chain.room()
                        .approve(
                                index,
                                commitment,
                                signer.sign(
                                        RoomDigests.approval(
                                                chain.room().location(), hash, commitment))));
    }

    public ActionOutcome reveal(String partner) {
        return chain.reveal(
                policy.partnerIndex(partner).orElseThrow(), keys(partner), proofs(partner));
    }

    /** Ends the room from an epoch on. */
    public void leave(String partner, long epoch) {
        Word digest = RoomDigests.leave(chain.room().location(), RoomDigests.id(partner), epoch);
        assertDone(
                chain.room()
                        .leaveFrom(
                                policy.partnerIndex(partner).orElseThrow(),
                                epoch,
                                signer(partner).sign(digest)));
    }

    List<EpochKey> keys(String partner) {
        return room.shares(partner).publicKeys().stream().map(TestParties::key).toList();
    }

    static EpochKey key(PublicKeyShare key) {
        return new EpochKey(RoomConfigurations.word(key.x()), RoomConfigurations.word(key.y()));
    }

    static PublicKeyShare decoded(String hex) {
        return PublicKeyShare.decode(Bytes.fromHex(hex)).orElseThrow();
    }

    /** Proofs of a partner's own keys, as its own. */
    List<KeyProof> proofs(String partner) {
        return proofs(room, partner, partner);
    }

    /** Proofs of the keys that one partner of another room has, made as if by a partner of ours. */
    List<KeyProof> proofs(TestRoom ofRoom, String partner, String as) {
        List<KeyProof> proofs = new ArrayList<>();
        for (long epoch = policy.firstEpoch(); epoch <= policy.lastEpoch(); epoch++) {
            byte[] proof =
                    ProofOfPossession.prove(
                                    ofRoom.shares(partner).share(epoch).orElseThrow(),
                                    ProofContext.of(room.identity(), as, epoch))
                            .encoded()
                            .toBytes();
            proofs.add(
                    new KeyProof(
                            Word.of(Arrays.copyOf(proof, Word.LENGTH)),
                            Word.of(Arrays.copyOfRange(proof, Word.LENGTH, 2 * Word.LENGTH))));
        }
        return proofs;
    }

    Word commitment(String partner, List<PublicKeyShare> keys) {
        return RoomConfigurations.word(KeyCeremony.commitment(partner, keys));
    }

    private ChainSigner signer(String partner) {
        return ChainSigner.fromHex(
                Bytes.of(room.keys(partner).chainKey().openSecret()).toHex().substring(2));
    }

    private static void assertDone(ActionOutcome outcome) {
        assertThat(outcome).isInstanceOf(ActionOutcome.Recorded.class);
    }
}
