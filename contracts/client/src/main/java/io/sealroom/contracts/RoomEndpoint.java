package io.sealroom.contracts;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach a room.
 *
 * @param rpcUrl JSON-RPC over HTTP; may carry a credential, so it is not in the text of this record
 * @param location the room that is meant
 * @param sender pays for transactions; empty: read only
 * @param timeout of one request, and of the blocking calls altogether
 * @param maxFee that the sender offers at most, wei per gas; while the chain asks for more, what is
 *     to be sent is {@link RetryCause#UNDERPRICED} and waits
 */
public record RoomEndpoint(
        String rpcUrl,
        RoomLocation location,
        Optional<ChainSigner> sender,
        Duration timeout,
        BigInteger maxFee) {

    /** 500 gwei: more than most chains ever ask for, and little enough to be no accident. */
    public static final BigInteger DEFAULT_MAX_FEE = BigInteger.valueOf(500_000_000_000L);

    public RoomEndpoint {
        if (maxFee.signum() <= 0) {
            throw new IllegalArgumentException("maxFee must be positive, given " + maxFee);
        }
    }

    /** With a fee of at most {@link #DEFAULT_MAX_FEE}. */
    public RoomEndpoint(
            String rpcUrl, RoomLocation location, Optional<ChainSigner> sender, Duration timeout) {
        this(rpcUrl, location, sender, timeout, DEFAULT_MAX_FEE);
    }

    /** The same with another bound on the fee, wei per gas. */
    public RoomEndpoint withMaxFee(BigInteger wei) {
        return new RoomEndpoint(rpcUrl, location, sender, timeout, wei);
    }

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
