package io.sealroom.partner.room;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.privacy.oprf.Checked;
import io.sealroom.privacy.oprf.EpochKeys;
import io.sealroom.privacy.oprf.PartnerKeys;
import io.sealroom.privacy.oprf.PublicKeyShare;
import io.sealroom.privacy.oprf.VoprfEvaluator;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.RoomFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The OPRF keys of a room by epoch: everybody's public keys from the room file, and this partner's
 * own shares. Safe for use by several threads.
 */
public final class RoomKeys {

    private final Map<Long, PartnerKeys> publicKeys;
    private final EpochKeys shares;

    private RoomKeys(Map<Long, PartnerKeys> publicKeys, EpochKeys shares) {
        this.publicKeys = Map.copyOf(publicKeys);
        this.shares = shares;
    }

    /**
     * @throws AgentException if the room file's keys of this partner are not those of its key file,
     *     or the keys of an epoch cannot be used together
     */
    public static RoomKeys of(Membership member) throws AgentException {
        Policy policy = member.policy();
        requireOwnKeys(member);
        Map<Long, PartnerKeys> publicKeys = new TreeMap<>();
        for (long epoch = policy.firstEpoch(); epoch <= policy.lastEpoch(); epoch++) {
            Optional<PartnerKeys> keys = keys(policy, member.roomFile(), epoch);
            if (keys.isPresent()) {
                publicKeys.put(epoch, keys.get());
            }
        }
        return new RoomKeys(publicKeys, EpochKeys.of(policy, member.keys().oprfSeed()));
    }

    /**
     * The public keys that a partner contributes to the room file, for every epoch of the room: 33
     * bytes each.
     */
    public static SortedMap<Long, Bytes> publicKeys(
            Policy policy, io.sealroom.privacy.secret.PartnerKeys keys) {
        SortedMap<Long, Bytes> published = new TreeMap<>();
        long epoch = policy.firstEpoch();
        for (PublicKeyShare key : EpochKeys.of(policy, keys.oprfSeed()).publicKeys()) {
            published.put(epoch, key.encoded());
            epoch++;
        }
        return Collections.unmodifiableSortedMap(published);
    }

    /** Everybody's public keys of an epoch, in policy order; nothing while one is missing. */
    public Optional<PartnerKeys> publicKeys(long epoch) {
        return Optional.ofNullable(publicKeys.get(epoch));
    }

    /** Evaluates with this partner's share; nothing while a public key of the epoch is missing. */
    public Optional<VoprfEvaluator> evaluator(long epoch) {
        return publicKeys.containsKey(epoch)
                ? shares.share(epoch).map(VoprfEvaluator::new)
                : Optional.empty();
    }

    private static void requireOwnKeys(Membership member) throws AgentException {
        SortedMap<Long, Bytes> stated =
                member.roomFile().oprfKeys().getOrDefault(member.name(), new TreeMap<>());
        for (Map.Entry<Long, Bytes> own : publicKeys(member.policy(), member.keys()).entrySet()) {
            Bytes key = stated.get(own.getKey());
            if (key == null) {
                throw AgentException.badInput(
                        "the room file has no OPRF public key of %s for epoch %d",
                        member.name(), own.getKey());
            }
            if (!key.equals(own.getValue())) {
                throw AgentException.badInput(
                        "the room file's OPRF public key of %s for epoch %d is not that of the key"
                                + " file: other partners would refuse every evaluation",
                        member.name(), own.getKey());
            }
        }
    }

    private static Optional<PartnerKeys> keys(Policy policy, RoomFile roomFile, long epoch)
            throws AgentException {
        List<PublicKeyShare> shares = new ArrayList<>();
        for (Partner partner : policy.partners()) {
            Bytes encoded =
                    roomFile.oprfKeys().getOrDefault(partner.name(), new TreeMap<>()).get(epoch);
            if (encoded == null) {
                return Optional.empty();
            }
            if (PublicKeyShare.decode(encoded)
                    instanceof Checked.Accepted<PublicKeyShare> accepted) {
                shares.add(accepted.value());
            } else {
                throw AgentException.badInput(
                        "the room file's OPRF public key of %s for epoch %d is no point",
                        partner.name(), epoch);
            }
        }
        Checked<PartnerKeys> keys = PartnerKeys.of(shares);
        if (keys instanceof Checked.Refused<PartnerKeys> refused) {
            throw AgentException.badInput(
                    "the room file's OPRF public keys of epoch %d: %s", epoch, refused.reason());
        }
        return keys.accepted();
    }
}
