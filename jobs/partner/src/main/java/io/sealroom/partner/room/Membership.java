package io.sealroom.partner.room;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.privacy.secret.PartnerKeys;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyException;
import io.sealroom.schemas.policy.PolicyFile;
import io.sealroom.schemas.policy.RoomFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One partner in one room: policy, room file and own keys, checked against one another.
 *
 * @param policy of the room
 * @param roomFile where the room lives, and everybody's OPRF public keys
 * @param identity what signatures bind
 * @param self the partner of the policy that the keys belong to
 * @param keys own secrets
 */
public record Membership(
        Policy policy, RoomFile roomFile, RoomIdentity identity, Partner self, PartnerKeys keys) {

    /**
     * @param partner name of the partner this agent works for
     * @throws AgentException if a file cannot be used, or the keys are not those of the partner
     */
    public static Membership read(Path policyFile, Path roomFile, KeySource keys, String partner)
            throws AgentException {
        try {
            return of(PolicyFile.read(policyFile), RoomFile.read(roomFile), keys.read(), partner);
        } catch (PolicyException e) {
            throw AgentException.badInput("policy %s: %s", policyFile, e.getMessage());
        } catch (IOException e) {
            throw AgentException.badInput("%s", e);
        }
    }

    /**
     * @throws AgentException if the keys are not those of the partner
     */
    public static Membership of(Policy policy, RoomFile roomFile, PartnerKeys keys, String partner)
            throws AgentException {
        if (policy.partnerIndex(partner).isEmpty()) {
            throw AgentException.badInput("the policy has no partner %s", partner);
        }
        Partner self = policy.partner(partner);
        if (!keys.name().equals(partner)) {
            throw AgentException.badInput(
                    "the key file belongs to %s, not to %s", keys.name(), partner);
        }
        if (!keys.address().equals(self.address())) {
            throw AgentException.badInput(
                    "the key file's chain key has address %s, the policy names %s for %s",
                    keys.address(), self.address(), partner);
        }
        return new Membership(policy, roomFile, roomFile.identity(policy), self, keys);
    }

    public String name() {
        return self.name();
    }
}
