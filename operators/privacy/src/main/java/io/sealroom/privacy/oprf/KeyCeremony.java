package io.sealroom.privacy.oprf;

import io.sealroom.privacy.secret.KeyFileException;
import io.sealroom.schemas.hash.AbiWords;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.hash.RoomIdentity;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * What one partner brings to a room before its first evaluation (PROTOCOL.md section 6): its public
 * keys of all epochs and a proof of possession for each. It first signs {@link #commitment()}; keys
 * and proofs it shows when every partner has done so, since a key chosen after seeing the others
 * could cancel them.
 *
 * @param partner name of the partner
 * @param firstEpoch epoch of the first key
 * @param keys one for each epoch of the room, rising
 * @param proofs one for each key
 */
public record KeyCeremony(
        String partner,
        long firstEpoch,
        List<PublicKeyShare> keys,
        List<ProofOfPossession> proofs) {

    private static final Bytes32 TAG = Digests.id("sealroom/keys/v1");

    /**
     * @throws IllegalArgumentException if there is no key, or not one proof for each, or the name
     *     or the epoch breaks its rule
     */
    public KeyCeremony {
        RoomNames.requirePartner(partner);
        RoomNames.requireEpoch(firstEpoch);
        keys = List.copyOf(keys);
        proofs = List.copyOf(proofs);
        if (keys.isEmpty() || keys.size() != proofs.size()) {
            throw new IllegalArgumentException(
                    String.format(
                            "proofs must be one for each of the keys, got %d for %d",
                            proofs.size(), keys.size()));
        }
    }

    /**
     * The keys that follow from a partner's seed, for every epoch of its room. The same keys and
     * commitment at every call; proofs are fresh. The store keeps its seed.
     *
     * @param identity where the room is
     * @throws KeyFileException if the seed has passed the room's first epoch
     */
    public static KeyCeremony of(RoomIdentity identity, SeedStore seed) throws KeyFileException {
        return of(identity, seed.partner(), seed.keysOfAllEpochs());
    }

    /**
     * The keys of the shares that are kept, from the oldest epoch to the last. All of them are
     * erased on the way.
     */
    public static KeyCeremony of(RoomIdentity identity, String partner, EpochKeys epochKeys) {
        SecureRandom random = new SecureRandom();
        List<PublicKeyShare> keys = epochKeys.publicKeys();
        List<ProofOfPossession> proofs = new ArrayList<>();
        long firstEpoch = epochKeys.oldestEpoch();
        for (long epoch = firstEpoch; epoch < firstEpoch + keys.size(); epoch++) {
            proofs.add(
                    ProofOfPossession.prove(
                            epochKeys.share(epoch).orElseThrow(),
                            ProofContext.of(identity, partner, epoch),
                            random));
            epochKeys.eraseBefore(epoch + 1);
        }
        return new KeyCeremony(partner, firstEpoch, keys, proofs);
    }

    /** What the partner's approval commits to. */
    public Bytes32 commitment() {
        return commitment(partner, keys);
    }

    /**
     * @param keys rising by epoch
     */
    public static Bytes32 commitment(String partner, List<PublicKeyShare> keys) {
        AbiWords words =
                new AbiWords()
                        .bytes32(TAG)
                        .bytes32(Digests.id(partner))
                        .uint(3L * Bytes32.LENGTH)
                        .uint(keys.size());
        keys.forEach(key -> words.bytes32(key.x()).bytes32(key.y()));
        return words.keccak256();
    }
}
