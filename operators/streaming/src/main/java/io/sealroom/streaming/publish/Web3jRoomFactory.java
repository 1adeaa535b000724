package io.sealroom.streaming.publish;

import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomEndpoint;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Web3jRoom;
import io.sealroom.schemas.hash.RoomIdentity;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The contract behind a JSON-RPC endpoint.
 *
 * <p>The endpoint is an http or https URL. One that carries a credential is given as the {@code
 * file:} URI of a file whose text is that URL, so that the credential is on the machine that runs
 * the task and not in the job graph.
 */
public final class Web3jRoomFactory implements RoomContractFactory {

    private static final long serialVersionUID = 1;
    private static final String FILE = "file:";

    private final String endpoint;
    private final RoomReference room;
    private final @Nullable NodeKey sender;

    private Web3jRoomFactory(String endpoint, RoomReference room, @Nullable NodeKey sender) {
        this.endpoint = endpoint;
        this.room = room;
        this.sender = sender;
    }

    /** For {@link ReceiptSource}: sends nothing. */
    public static Web3jRoomFactory reading(String endpoint, RoomIdentity room) {
        return new Web3jRoomFactory(endpoint, RoomReference.of(room), null);
    }

    /**
     * For {@link ContractSink}.
     *
     * @param sender key that sends the transactions and pays for them
     */
    public static Web3jRoomFactory sending(String endpoint, RoomIdentity room, NodeKey sender) {
        return new Web3jRoomFactory(endpoint, RoomReference.of(room), sender);
    }

    @Override
    public RoomContract open() throws IOException {
        RoomLocation location = Words.location(room.identity());
        return Web3jRoom.connect(
                sender == null
                        ? RoomEndpoint.readOnly(url(), location)
                        : RoomEndpoint.of(url(), location, sender.load()));
    }

    private String url() throws IOException {
        return endpoint.startsWith(FILE)
                ? Files.readString(Path.of(URI.create(endpoint)), StandardCharsets.US_ASCII).strip()
                : endpoint;
    }
}
