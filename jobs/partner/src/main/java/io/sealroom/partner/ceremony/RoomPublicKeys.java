package io.sealroom.partner.ceremony;

import io.sealroom.privacy.oprf.Checked;
import io.sealroom.privacy.oprf.PartnerKeys;
import io.sealroom.privacy.oprf.PublicKeyShare;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.policy.Policy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The OPRF public keys of all partners of a room and all its epochs, usable together. */
public final class RoomPublicKeys {

    private final Policy policy;
    private final List<List<PublicKeyShare>> byPartner;
    private final Map<Long, PartnerKeys> byEpoch;

    private RoomPublicKeys(
            Policy policy, List<List<PublicKeyShare>> byPartner, Map<Long, PartnerKeys> byEpoch) {
        this.policy = policy;
        this.byPartner = byPartner;
        this.byEpoch = byEpoch;
    }

    /**
     * @param byPartner policy order; each with a key for every epoch of the room, rising
     * @throws UnusableKeysException if the keys of an epoch repeat or cancel
     * @throws IllegalArgumentException if the numbers are not those of the policy
     */
    public static RoomPublicKeys of(Policy policy, List<List<PublicKeyShare>> byPartner)
            throws UnusableKeysException {
        long epochs = policy.lastEpoch() - policy.firstEpoch() + 1;
        if (byPartner.size() != policy.partners().size()
                || byPartner.stream().anyMatch(keys -> keys.size() != epochs)) {
            throw new IllegalArgumentException(
                    String.format(
                            "keys must be %d for each of %d partners",
                            epochs, policy.partners().size()));
        }
        Map<Long, PartnerKeys> byEpoch = new HashMap<>();
        for (int i = 0; i < epochs; i++) {
            int position = i;
            long epoch = policy.firstEpoch() + i;
            Checked<PartnerKeys> together =
                    PartnerKeys.of(byPartner.stream().map(own -> own.get(position)).toList());
            if (together instanceof Checked.Refused<PartnerKeys> refused) {
                throw new UnusableKeysException(epoch, refused.reason());
            }
            byEpoch.put(epoch, together.orElseThrow());
        }
        return new RoomPublicKeys(policy, byPartner.stream().map(List::copyOf).toList(), byEpoch);
    }

    /** Everybody's keys of an epoch, in policy order; nothing for an epoch outside the room. */
    public Optional<PartnerKeys> of(long epoch) {
        return Optional.ofNullable(byEpoch.get(epoch));
    }

    /** By partner and epoch, 33 bytes each, as the room file has them. */
    public SortedMap<String, SortedMap<Long, Bytes>> encoded() {
        SortedMap<String, SortedMap<Long, Bytes>> encoded = new TreeMap<>();
        for (int i = 0; i < byPartner.size(); i++) {
            SortedMap<Long, Bytes> epochs = new TreeMap<>();
            for (PublicKeyShare key : byPartner.get(i)) {
                epochs.put(policy.firstEpoch() + epochs.size(), key.encoded());
            }
            encoded.put(policy.partners().get(i).name(), epochs);
        }
        return encoded;
    }

    @Override
    public String toString() {
        return "RoomPublicKeys[" + policy.room() + ", " + byEpoch.size() + " epochs]";
    }
}
