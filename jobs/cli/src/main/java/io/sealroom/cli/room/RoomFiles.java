package io.sealroom.cli.room;

import io.sealroom.cli.RefusedException;
import io.sealroom.cli.chain.Endpoint;
import io.sealroom.contracts.EpochKey;
import io.sealroom.contracts.KeyProof;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomEvent;
import io.sealroom.contracts.RoomLookup;
import io.sealroom.contracts.Word;
import io.sealroom.privacy.oprf.Checked;
import io.sealroom.privacy.oprf.KeyCeremony;
import io.sealroom.privacy.oprf.PartnerKeys;
import io.sealroom.privacy.oprf.ProofContext;
import io.sealroom.privacy.oprf.ProofOfPossession;
import io.sealroom.privacy.oprf.PublicKeyShare;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.RoomFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The room file, out of the keys that the chain has. Nothing of it is taken on trust in the
 * endpoint: the keys are those that the partners bound themselves to, and their proofs of
 * possession are verified again.
 */
public final class RoomFiles {

    /**
     * A room file.
     *
     * @param unproven partners whose keys came through another contract, so that their proofs stand
     *     nowhere but were seen by the Room
     */
    public record Collected(RoomFile file, List<String> unproven) {

        public Collected {
            unproven = List.copyOf(unproven);
        }
    }

    private final PolicyRoom room;
    private final RoomContract contract;
    private final RoomLookup lookup;
    private final List<String> unproven = new ArrayList<>();
    private final List<List<PublicKeyShare>> keys = new ArrayList<>();

    private RoomFiles(PolicyRoom room, RoomContract contract, RoomLookup lookup) {
        this.room = room;
        this.contract = contract;
        this.lookup = lookup;
    }

    /**
     * Collects the keys of all partners and epochs.
     *
     * @throws RefusedException if the room is not active, or a key is not what it must be
     * @throws IOException if the endpoint does not answer
     */
    public static Collected collect(Endpoint endpoint, PolicyRoom room) throws IOException {
        try (RoomContract contract = endpoint.room(room.location());
                RoomLookup lookup = endpoint.lookup()) {
            return new RoomFiles(room, contract, lookup).collect();
        }
    }

    private Collected collect() throws IOException {
        if (!contract.active()) {
            throw new RefusedException(
                    "the room is not active: not every partner has approved and revealed its"
                            + " keys; 'sealroom room show' says who");
        }
        Map<Word, RoomEvent.KeysRevealed> revealed = new HashMap<>();
        for (RoomEvent event : contract.events(room.block(), contract.headBlock())) {
            if (event instanceof RoomEvent.KeysRevealed keysRevealed) {
                revealed.put(keysRevealed.partner(), keysRevealed);
            }
        }
        Policy policy = room.policy();
        SortedMap<String, SortedMap<Long, Bytes>> oprfKeys = new TreeMap<>();
        for (int i = 0; i < policy.partners().size(); i++) {
            Partner partner = policy.partners().get(i);
            RoomEvent.KeysRevealed event =
                    revealed.get(room.configuration().partners().get(i).id());
            List<PublicKeyShare> shares = checked(i, partner.name(), event);
            keys.add(shares);
            SortedMap<Long, Bytes> byEpoch = new TreeMap<>();
            for (int j = 0; j < shares.size(); j++) {
                byEpoch.put(policy.firstEpoch() + j, shares.get(j).encoded());
            }
            oprfKeys.put(partner.name(), byEpoch);
        }
        requireUsableTogether();
        return new Collected(
                new RoomFile(
                        room.location().chainId(),
                        room.identity().contract(),
                        room.block(),
                        oprfKeys),
                unproven);
    }

    private List<PublicKeyShare> checked(
            int index, String partner, RoomEvent.@Nullable KeysRevealed event) throws IOException {
        if (event == null) {
            throw refused(partner, "the chain endpoint has no event of its keys");
        }
        if (event.keys().size() != room.epochs()) {
            throw refused(
                    partner,
                    String.format(
                            "there must be %d keys, one an epoch, there are %d",
                            room.epochs(), event.keys().size()));
        }
        List<PublicKeyShare> shares = new ArrayList<>();
        for (EpochKey key : event.keys()) {
            if (!(PublicKeyShare.ofWords(bytes(key.x()), bytes(key.y()))
                    instanceof Checked.Accepted<PublicKeyShare> accepted)) {
                throw refused(partner, "a key is no point of the curve");
            }
            shares.add(accepted.value());
        }
        Word commitment = RoomConfigurations.word(KeyCeremony.commitment(partner, shares));
        if (!contract.keysCommitment(index).equals(Optional.of(commitment))) {
            throw refused(partner, "the keys are not those it bound itself to");
        }
        verifyProofs(partner, shares, event);
        return shares;
    }

    private void verifyProofs(
            String partner, List<PublicKeyShare> shares, RoomEvent.KeysRevealed event)
            throws IOException {
        Optional<List<KeyProof>> proofs = lookup.proofs(room.location().contract(), event);
        if (proofs.isEmpty()) {
            unproven.add(partner);
            return;
        }
        if (proofs.get().size() != shares.size()) {
            throw refused(partner, "there is not one proof for each key");
        }
        for (int i = 0; i < shares.size(); i++) {
            long epoch = room.policy().firstEpoch() + i;
            if (!verifies(
                    proofs.get().get(i),
                    shares.get(i),
                    ProofContext.of(room.identity(), partner, epoch))) {
                throw refused(
                        partner,
                        String.format("the proof of possession of epoch %d does not hold", epoch));
            }
        }
    }

    private static boolean verifies(KeyProof proof, PublicKeyShare key, ProofContext context) {
        byte[] encoded = new byte[ProofOfPossession.LENGTH];
        System.arraycopy(proof.r().toBytes(), 0, encoded, 0, Word.LENGTH);
        System.arraycopy(proof.s().toBytes(), 0, encoded, Word.LENGTH, Word.LENGTH);
        return ProofOfPossession.decode(Bytes.of(encoded))
                        instanceof Checked.Accepted<ProofOfPossession> accepted
                && accepted.value().verify(key, context);
    }

    /** Keys that cancel would make the joint key one that anybody knows. */
    private void requireUsableTogether() {
        for (int epoch = 0; epoch < room.epochs(); epoch++) {
            int position = epoch;
            Checked<PartnerKeys> together =
                    PartnerKeys.of(keys.stream().map(own -> own.get(position)).toList());
            if (together instanceof Checked.Refused<PartnerKeys> refused) {
                throw new RefusedException(
                        String.format(
                                "the keys of epoch %d cannot be used together: %s",
                                room.policy().firstEpoch() + epoch, refused.reason()));
            }
        }
    }

    private static RefusedException refused(String partner, String what) {
        return new RefusedException(String.format("keys of %s: %s", partner, what));
    }

    private static Bytes32 bytes(Word word) {
        return Bytes32.of(word.toBytes());
    }
}
