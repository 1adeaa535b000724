package io.sealroom.pipeline;

import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.RoomFile;

/**
 * Which room a node computes, and as whom.
 *
 * @param policy the room's policy
 * @param room where the room lives
 * @param node name of this node in the policy: it names its topics and transactional ids
 * @param kafka bootstrap servers
 */
public record NodeSettings(Policy policy, RoomFile room, String node, String kafka) {

    /**
     * @throws IllegalArgumentException if the policy has no such node
     */
    public NodeSettings {
        policy.node(node);
    }

    public RoomIdentity identity() {
        return room.identity(policy);
    }
}
