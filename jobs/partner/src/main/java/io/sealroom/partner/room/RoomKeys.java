package io.sealroom.partner.room;

import io.sealroom.partner.ceremony.RoomPublicKeys;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.privacy.oprf.EpochKeys;
import io.sealroom.privacy.oprf.PartnerKeys;
import io.sealroom.privacy.oprf.PublicKeyShare;
import io.sealroom.privacy.oprf.VoprfEvaluator;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.policy.Policy;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The OPRF keys of a room by epoch: everybody's public keys out of a ceremony that is complete, and
 * what is left of this partner's own shares. There is none of it before the ceremony is complete,
 * so that nothing can be evaluated then. Safe for use by several threads.
 */
public final class RoomKeys {

    private final RoomPublicKeys publicKeys;
    private final EpochKeys shares;
    private final long epochMillis;
    private volatile long lastEpoch;

    private RoomKeys(RoomPublicKeys publicKeys, EpochKeys shares, Policy policy) {
        this.publicKeys = publicKeys;
        this.shares = shares;
        this.epochMillis = policy.epochMillis();
        this.lastEpoch = policy.lastEpoch();
    }

    /**
     * @param publicKeys of a ceremony that is complete
     * @param shares what is left of the own ones; taken over
     * @throws AgentException if the ceremony has other keys of this partner than its seed gives, or
     *     the room file states other keys than the ceremony
     */
    public static RoomKeys of(Membership member, RoomPublicKeys publicKeys, EpochKeys shares)
            throws AgentException {
        SortedMap<String, SortedMap<Long, Bytes>> agreed = publicKeys.encoded();
        requireOwn("the chain's", member, agreed, shares);
        requireNoOther(member.roomFile().oprfKeys(), agreed);
        return new RoomKeys(publicKeys, shares, member.policy());
    }

    /**
     * Before the chain is asked: a room file with other keys of this partner is of other seeds.
     *
     * @throws AgentException if it has them
     */
    public static void requireOwnInRoomFile(Membership member, EpochKeys shares)
            throws AgentException {
        if (!member.roomFile().oprfKeys().isEmpty()) {
            requireOwn("the room file's", member, member.roomFile().oprfKeys(), shares);
        }
    }

    /** Everybody's public keys of an epoch, in policy order; nothing outside the room. */
    public Optional<PartnerKeys> publicKeys(long epoch) {
        return publicKeys.of(epoch);
    }

    /**
     * Evaluates with this partner's share; nothing if that is erased, or the room was closed before
     * the epoch.
     */
    public Optional<VoprfEvaluator> evaluator(long epoch) {
        return epoch > lastEpoch ? Optional.empty() : shares.share(epoch).map(VoprfEvaluator::new);
    }

    /**
     * Nothing is evaluated for epochs that begin there or later. A room that was closed does not
     * open again, whatever a chain endpoint says.
     *
     * @param closesAt milliseconds
     */
    synchronized void closeAt(long closesAt) {
        lastEpoch = Math.min(lastEpoch, Math.floorDiv(closesAt - 1, epochMillis));
    }

    /** Last epoch that is evaluated. */
    long lastEpoch() {
        return lastEpoch;
    }

    /** Erases the own shares of epochs before this one, in memory. */
    void eraseBefore(long epoch) {
        shares.eraseBefore(epoch);
    }

    private static void requireOwn(
            String whose,
            Membership member,
            SortedMap<String, SortedMap<Long, Bytes>> stated,
            EpochKeys shares)
            throws AgentException {
        SortedMap<Long, Bytes> own = stated.getOrDefault(member.name(), new TreeMap<>());
        for (Map.Entry<Long, PublicKeyShare> key : shares.publicKeysByEpoch().entrySet()) {
            Bytes there = own.get(key.getKey());
            if (there == null) {
                throw AgentException.badInput(
                        "there is no key of epoch %d among %s OPRF public keys of %s",
                        key.getKey(), whose, member.name());
            }
            if (!there.equals(key.getValue().encoded())) {
                throw AgentException.badInput(
                        "%s OPRF public key of %s for epoch %d is not that of the seed file: other"
                                + " partners would refuse every evaluation",
                        whose, member.name(), key.getKey());
            }
        }
    }

    private static void requireNoOther(
            SortedMap<String, SortedMap<Long, Bytes>> roomFile,
            SortedMap<String, SortedMap<Long, Bytes>> agreed)
            throws AgentException {
        for (Map.Entry<String, SortedMap<Long, Bytes>> partner : roomFile.entrySet()) {
            SortedMap<Long, Bytes> keys = agreed.getOrDefault(partner.getKey(), new TreeMap<>());
            for (Map.Entry<Long, Bytes> stated : partner.getValue().entrySet()) {
                if (!Objects.equals(stated.getValue(), keys.get(stated.getKey()))) {
                    throw AgentException.badInput(
                            "the room file's OPRF public key of %s for epoch %d is not the chain's:"
                                    + " one of the two was exchanged",
                            partner.getKey(), stated.getKey());
                }
            }
        }
    }
}
