package io.sealroom.pipeline;

import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.RoomFile;

/**
 * Which room is computed, and as whom.
 *
 * @param policy the room's policy
 * @param room where the room lives
 * @param node name in the policy of a node, whose topics and transactional ids carry it; or of an
 *     auditor, which replays and writes nothing
 * @param kafka bootstrap servers
 */
public record NodeSettings(Policy policy, RoomFile room, String node, String kafka) {

    /**
     * @throws IllegalArgumentException if the policy has no such node or auditor
     */
    public NodeSettings {
        if (policy.recipients().stream().noneMatch(known -> known.name().equals(node))) {
            throw new IllegalArgumentException("the policy has no node or auditor " + node);
        }
    }

    public RoomIdentity identity() {
        return room.identity(policy);
    }
}
