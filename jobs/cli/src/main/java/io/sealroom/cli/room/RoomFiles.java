package io.sealroom.cli.room;

import io.sealroom.cli.RefusedException;
import io.sealroom.cli.chain.Endpoint;
import io.sealroom.partner.ceremony.Ceremony;
import io.sealroom.partner.ceremony.CeremonyState;
import io.sealroom.partner.ceremony.CeremonyView;
import io.sealroom.partner.ceremony.ChainCeremonyView;
import io.sealroom.schemas.policy.RoomFile;
import java.io.IOException;
import java.util.List;

/** The room file, out of the keys that the chain has and an agent would take. */
public final class RoomFiles {

    /**
     * A room file.
     *
     * @param unproven partners whose keys came through another contract, so that their proofs stand
     *     nowhere but were seen by the Room
     */
    public record Collected(RoomFile file, List<String> unproven) {

        public Collected {
            unproven = List.copyOf(unproven);
        }
    }

    private RoomFiles() {}

    /**
     * Collects the keys of all partners and epochs.
     *
     * @throws RefusedException if the room is not active, or a key is not what it must be
     * @throws IOException if the endpoint does not answer
     */
    public static Collected collect(Endpoint endpoint, PolicyRoom room) throws IOException {
        try (CeremonyView view =
                ChainCeremonyView.connect(
                        endpoint.rpc(),
                        room.policy(),
                        room.identity(),
                        room.block(),
                        endpoint.timeout())) {
            CeremonyState state = new Ceremony(room.policy(), room.identity(), view).check();
            if (state instanceof CeremonyState.NotActive waiting) {
                throw new RefusedException("the room is not active: " + waiting.text());
            }
            if (state instanceof CeremonyState.Refused refused) {
                throw new RefusedException(refused.detail());
            }
            CeremonyState.Complete complete = (CeremonyState.Complete) state;
            return new Collected(
                    new RoomFile(
                            room.location().chainId(),
                            room.identity().contract(),
                            room.block(),
                            complete.keys().encoded()),
                    complete.unproven());
        }
    }
}
