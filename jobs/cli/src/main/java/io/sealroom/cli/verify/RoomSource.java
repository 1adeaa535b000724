package io.sealroom.cli.verify;

import io.sealroom.cli.chain.Endpoint;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.RoomLookup;
import java.io.IOException;
import java.util.List;

/** How to reach a room. */
public interface RoomSource {

    /** A view of the room; connects when it is first asked something. */
    RoomContract open(Endpoint endpoint, RoomLocation location);

    /** The room's partners, in its order. */
    List<RoomConfiguration.Partner> partners(Endpoint endpoint, Account contract)
            throws IOException;

    /** Rooms behind JSON-RPC endpoints, read only. */
    static RoomSource jsonRpc() {
        return new RoomSource() {
            @Override
            public RoomContract open(Endpoint endpoint, RoomLocation location) {
                return endpoint.room(location);
            }

            @Override
            public List<RoomConfiguration.Partner> partners(Endpoint endpoint, Account contract)
                    throws IOException {
                try (RoomLookup lookup = endpoint.lookup()) {
                    return lookup.partners(contract);
                }
            }
        };
    }
}
