package io.sealroom.streaming.publish;

import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomEndpoint;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Web3jRoom;
import io.sealroom.schemas.hash.RoomIdentity;
import java.io.IOException;
import java.math.BigInteger;
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

    private static final BigInteger WEI_PER_GWEI = BigInteger.TEN.pow(9);

    /** {@link RoomEndpoint#DEFAULT_MAX_FEE}. */
    public static final long MAX_FEE_GWEI_DEFAULT =
            RoomEndpoint.DEFAULT_MAX_FEE.divide(WEI_PER_GWEI).longValueExact();

    private static final long serialVersionUID = 1;
    private static final String FILE = "file:";

    private final String endpoint;
    private final RoomReference room;
    private final @Nullable NodeKey sender;
    private final BigInteger maxFee;

    private Web3jRoomFactory(
            String endpoint, RoomReference room, @Nullable NodeKey sender, BigInteger maxFee) {
        this.endpoint = endpoint;
        this.room = room;
        this.sender = sender;
        this.maxFee = maxFee;
    }

    /** For {@link ReceiptSource}: sends nothing. */
    public static Web3jRoomFactory reading(String endpoint, RoomIdentity room) {
        return new Web3jRoomFactory(
                endpoint, RoomReference.of(room), null, RoomEndpoint.DEFAULT_MAX_FEE);
    }

    /**
     * For {@link ContractSink}.
     *
     * @param sender key that sends the transactions and pays for them
     * @param maxFeeGwei fee per gas that it offers at most; while the chain asks for more, what is
     *     to be sent waits
     * @throws IllegalArgumentException if the fee is not at least 1
     */
    public static Web3jRoomFactory sending(
            String endpoint, RoomIdentity room, NodeKey sender, long maxFeeGwei) {
        if (maxFeeGwei < 1) {
            throw new IllegalArgumentException("maxFeeGwei must be at least 1, got " + maxFeeGwei);
        }
        return new Web3jRoomFactory(
                endpoint,
                RoomReference.of(room),
                sender,
                BigInteger.valueOf(maxFeeGwei).multiply(WEI_PER_GWEI));
    }

    /** With a fee of at most {@link #MAX_FEE_GWEI_DEFAULT}. */
    public static Web3jRoomFactory sending(String endpoint, RoomIdentity room, NodeKey sender) {
        return sending(endpoint, room, sender, MAX_FEE_GWEI_DEFAULT);
    }

    @Override
    public RoomContract open() throws IOException {
        RoomLocation location = Words.location(room.identity());
        return Web3jRoom.connect(
                sender == null
                        ? RoomEndpoint.readOnly(url(), location)
                        : RoomEndpoint.of(url(), location, sender.load()).withMaxFee(maxFee));
    }

    private String url() throws IOException {
        return endpoint.startsWith(FILE)
                ? Files.readString(Path.of(URI.create(endpoint)), StandardCharsets.US_ASCII).strip()
                : endpoint;
    }
}
