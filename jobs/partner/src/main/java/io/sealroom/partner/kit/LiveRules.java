package io.sealroom.partner.kit;

import io.sealroom.partner.event.EventRules;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.Membership;
import io.sealroom.privacy.identifier.EventIdKey;
import io.sealroom.schemas.policy.Mode;
import io.sealroom.schemas.policy.Policy;

/** Whether a partner may have a producer at all, and what its events must be. */
final class LiveRules {

    private LiveRules() {}

    /**
     * @throws AgentException if the policy is not one of mode live, or the partner supplies no
     *     events
     */
    static EventRules of(Membership member) throws AgentException {
        Policy policy = member.policy();
        if (policy.mode() != Mode.LIVE) {
            throw AgentException.badInput(
                    "the room's policy has mode file: its events come from files, all at once, and"
                            + " a producer that seals by the clock needs mode live");
        }
        if (!member.self().supplies()) {
            throw AgentException.badInput(
                    "%s supplies no events in this policy: it sends none", member.name());
        }
        try {
            return new EventRules(policy, new EventIdKey(member.keys().eventKey()));
        } catch (IllegalArgumentException e) {
            throw AgentException.badInput("policy: %s", e.getMessage());
        }
    }
}
