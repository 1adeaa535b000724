package io.sealroom.privacy.oprf;

import java.util.HashSet;
import java.util.List;
import org.bouncycastle.math.ec.ECPoint;

/**
 * The public keys of all evaluating partners of one epoch, in policy order. Their sum is the public
 * key of the room's joint key; all are needed for a token.
 */
public final class PartnerKeys {

    private final List<PublicKeyShare> keys;

    private PartnerKeys(List<PublicKeyShare> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Refuses no key at all, a key that stands twice, and keys that add up to the identity. That no
     * key was chosen as a function of the others (rogue key) only a {@link ProofOfPossession} of
     * each can show: verify them first.
     */
    public static Checked<PartnerKeys> of(List<PublicKeyShare> keys) {
        if (keys.isEmpty()) {
            return new Checked.Refused<>(EncodingRefusal.KEYS_EMPTY);
        }
        if (new HashSet<>(keys).size() < keys.size()) {
            return new Checked.Refused<>(EncodingRefusal.KEY_REPEATED);
        }
        ECPoint joint = P256.CURVE.getInfinity();
        for (PublicKeyShare key : keys) {
            joint = joint.add(key.element().point());
        }
        return joint.isInfinity()
                ? new Checked.Refused<>(EncodingRefusal.KEYS_CANCEL)
                : new Checked.Accepted<>(new PartnerKeys(keys));
    }

    public int size() {
        return keys.size();
    }

    /**
     * @param partnerIndex place in policy order, from 0
     */
    public PublicKeyShare key(int partnerIndex) {
        return keys.get(partnerIndex);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartnerKeys that && keys.equals(that.keys);
    }

    @Override
    public int hashCode() {
        return keys.hashCode();
    }

    @Override
    public String toString() {
        return "PartnerKeys" + keys;
    }
}
