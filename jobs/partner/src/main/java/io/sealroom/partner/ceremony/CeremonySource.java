package io.sealroom.partner.ceremony;

import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Policy;

/** A way to the chain, for a room that is not known yet. */
@FunctionalInterface
public interface CeremonySource {

    /**
     * Asks nothing yet.
     *
     * @param fromBlock one that is not after the room's creation
     */
    CeremonyView connect(Policy policy, RoomIdentity identity, long fromBlock);
}
