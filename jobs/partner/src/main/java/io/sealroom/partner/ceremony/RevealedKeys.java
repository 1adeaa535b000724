package io.sealroom.partner.ceremony;

import io.sealroom.contracts.EpochKey;
import io.sealroom.contracts.KeyProof;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.contracts.RoomEvent;
import io.sealroom.contracts.Word;
import io.sealroom.privacy.oprf.Checked;
import io.sealroom.privacy.oprf.KeyCeremony;
import io.sealroom.privacy.oprf.ProofContext;
import io.sealroom.privacy.oprf.ProofOfPossession;
import io.sealroom.privacy.oprf.PublicKeyShare;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the keys of one partner must be, as they came from the chain. */
final class RevealedKeys {

    private final Policy policy;
    private final RoomIdentity identity;

    RevealedKeys(Policy policy, RoomIdentity identity) {
        this.policy = policy;
        this.identity = identity;
    }

    private String name(int partner) {
        return policy.partners().get(partner).name();
    }

    /**
     * @throws IOException if the endpoint has the fact, but not the event: it may not have caught
     *     up
     */
    RoomEvent.KeysRevealed eventOf(int partner, List<RoomEvent.KeysRevealed> revealed)
            throws IOException {
        Word id = RoomDigests.id(name(partner));
        return revealed.stream()
                .filter(event -> event.partner().equals(id))
                .reduce((first, last) -> last)
                .orElseThrow(
                        () ->
                                new IOException(
                                        String.format(
                                                "the chain endpoint has no event of the keys of %s",
                                                name(partner))));
    }

    /** One key an epoch, each a point, and together what the partner approved. */
    List<PublicKeyShare> requireBound(
            int partner, RoomEvent.KeysRevealed event, Optional<Word> commitment)
            throws RefusedKeysException {
        long epochs = policy.lastEpoch() - policy.firstEpoch() + 1;
        if (event.keys().size() != epochs) {
            throw refused(
                    partner,
                    CeremonyRefusal.KEY_COUNT,
                    String.format(
                            "there must be %d keys, one an epoch, there are %d",
                            epochs, event.keys().size()));
        }
        List<PublicKeyShare> keys = new ArrayList<>();
        for (EpochKey key : event.keys()) {
            if (!(PublicKeyShare.ofWords(bytes(key.x()), bytes(key.y()))
                    instanceof Checked.Accepted<PublicKeyShare> accepted)) {
                throw refused(
                        partner, CeremonyRefusal.KEY_NO_POINT, "a key is no point of the curve");
            }
            keys.add(accepted.value());
        }
        Word bound = RoomConfigurations.word(KeyCeremony.commitment(name(partner), keys));
        if (!commitment.equals(Optional.of(bound))) {
            throw refused(
                    partner,
                    CeremonyRefusal.OTHER_KEYS,
                    "the keys are not those it bound itself to");
        }
        return keys;
    }

    /** False where there are no proofs to verify: the Room alone has seen them. */
    boolean requireProven(int partner, List<PublicKeyShare> keys, Optional<List<KeyProof>> proofs)
            throws RefusedKeysException {
        if (proofs.isEmpty()) {
            return false;
        }
        if (proofs.get().size() != keys.size()) {
            throw refused(
                    partner, CeremonyRefusal.PROOF_COUNT, "there is not one proof for each key");
        }
        for (int i = 0; i < keys.size(); i++) {
            long epoch = policy.firstEpoch() + i;
            ProofContext context = ProofContext.of(identity, name(partner), epoch);
            if (!verifies(proofs.get().get(i), keys.get(i), context)) {
                throw refused(
                        partner,
                        CeremonyRefusal.NO_PROOF,
                        String.format("the proof of possession of epoch %d does not hold", epoch));
            }
        }
        return true;
    }

    private static boolean verifies(KeyProof proof, PublicKeyShare key, ProofContext context) {
        byte[] encoded = new byte[ProofOfPossession.LENGTH];
        System.arraycopy(proof.r().toBytes(), 0, encoded, 0, Word.LENGTH);
        System.arraycopy(proof.s().toBytes(), 0, encoded, Word.LENGTH, Word.LENGTH);
        return ProofOfPossession.decode(Bytes.of(encoded))
                        instanceof Checked.Accepted<ProofOfPossession> accepted
                && accepted.value().verify(key, context);
    }

    private RefusedKeysException refused(int partner, CeremonyRefusal reason, String detail) {
        return new RefusedKeysException(
                reason, String.format("keys of %s: %s", name(partner), detail));
    }

    private static Bytes32 bytes(Word word) {
        return Bytes32.of(word.toBytes());
    }
}
