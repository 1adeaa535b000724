package io.sealroom.privacy.seal;

import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Topics;

/**
 * One partner's events topic, as the policy fixes it.
 *
 * @param identity what the partner's signatures bind
 * @param policy the room's policy
 * @param index position of the partner in the policy
 */
public record PartnerTopic(RoomIdentity identity, Policy policy, int index) {

    /**
     * @throws IllegalArgumentException if the identity is of another policy, or the policy has no
     *     such partner, or the partner supplies no events
     */
    public static PartnerTopic of(RoomIdentity identity, Policy policy, String partner) {
        if (!identity.policyHash().equals(policy.hash())
                || !identity.room().equals(policy.room())) {
            throw new IllegalArgumentException(
                    String.format(
                            "identity must be of the given policy (room %s, hash %s), got room %s,"
                                    + " hash %s",
                            policy.room(), policy.hash(), identity.room(), identity.policyHash()));
        }
        if (!policy.partner(partner).supplies()) {
            throw new IllegalArgumentException(
                    String.format("partner must supply events, %s only evaluates", partner));
        }
        return new PartnerTopic(identity, policy, policy.partnerIndex(partner).getAsInt());
    }

    public Partner partner() {
        return policy.partners().get(index);
    }

    public String partnerName() {
        return partner().name();
    }

    public int partitions() {
        return partner().partitions();
    }

    /** The topic's name. */
    public String name() {
        return Topics.events(policy.room(), partnerName());
    }
}
