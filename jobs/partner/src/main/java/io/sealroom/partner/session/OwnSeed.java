package io.sealroom.partner.session;

import io.sealroom.partner.config.AgentConfig;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.room.RoomKeys;
import io.sealroom.privacy.oprf.SeedStore;
import java.io.IOException;

/** Reads the partner's OPRF seed of its room. */
public final class OwnSeed {

    private OwnSeed() {}

    /**
     * Reads the file, and changes nothing.
     *
     * @throws AgentException if it is no seed of this partner and room, or the room file states
     *     keys of another one
     */
    public static SeedStore open(AgentConfig config, Membership member) throws AgentException {
        try {
            SeedStore seed = SeedStore.open(config.seed(), member.name(), member.policy());
            RoomKeys.requireOwnInRoomFile(member, seed.keys());
            return seed;
        } catch (IOException e) {
            throw AgentException.badInput("%s", e);
        }
    }
}
