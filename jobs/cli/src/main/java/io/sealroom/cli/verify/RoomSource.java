package io.sealroom.cli.verify;

import io.sealroom.cli.HttpUrl;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomEndpoint;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Web3jRoom;
import java.time.Duration;
import java.util.Optional;

/** How to reach a room. */
@FunctionalInterface
public interface RoomSource {

    /** A view of the room; connects when it is first asked something. */
    RoomContract open(HttpUrl rpcUrl, RoomLocation location, Duration timeout);

    /** Rooms behind JSON-RPC endpoints, read only. */
    static RoomSource jsonRpc() {
        return (rpcUrl, location, timeout) ->
                Web3jRoom.connect(
                        new RoomEndpoint(rpcUrl.open(), location, Optional.empty(), timeout));
    }
}
