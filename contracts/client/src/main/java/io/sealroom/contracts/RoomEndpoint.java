package io.sealroom.contracts;

import java.time.Duration;
import java.util.Optional;

/**
 * How to reach a room.
 *
 * @param rpcUrl JSON-RPC over HTTP; may carry a credential, so it is not in the text of this record
 * @param location the room that is meant
 * @param sender pays for transactions; empty: read only
 * @param timeout of one request, and of the blocking calls altogether
 */
public record RoomEndpoint(
        String rpcUrl, RoomLocation location, Optional<ChainSigner> sender, Duration timeout) {

    /** With a timeout of ten seconds. */
    public static RoomEndpoint of(String rpcUrl, RoomLocation location, ChainSigner sender) {
        return new RoomEndpoint(rpcUrl, location, Optional.of(sender), Duration.ofSeconds(10));
    }

    /** Without a key; with a timeout of ten seconds. */
    public static RoomEndpoint readOnly(String rpcUrl, RoomLocation location) {
        return new RoomEndpoint(rpcUrl, location, Optional.empty(), Duration.ofSeconds(10));
    }

    @Override
    public String toString() {
        return "RoomEndpoint[" + location + "]";
    }
}
