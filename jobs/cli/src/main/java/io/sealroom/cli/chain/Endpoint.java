package io.sealroom.cli.chain;

import io.sealroom.contracts.Account;
import io.sealroom.contracts.ChainDeployer;
import io.sealroom.contracts.ChainSigner;
import io.sealroom.contracts.LedgerContract;
import io.sealroom.contracts.LedgerEndpoint;
import io.sealroom.contracts.LedgerLocation;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomEndpoint;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.RoomLookup;
import io.sealroom.contracts.Web3jLedger;
import io.sealroom.contracts.Web3jRoom;
import io.sealroom.partner.ceremony.HttpUrl;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A chain endpoint and all that can be connected through it.
 *
 * @param rpc its URL
 * @param timeout of a request, and until a transaction is in a block
 */
public record Endpoint(HttpUrl rpc, Duration timeout) {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /**
     * With a timeout of a minute.
     *
     * @throws IllegalArgumentException if it is no http or https URL
     */
    public static Endpoint of(String rpcUrl) {
        return new Endpoint(HttpUrl.of(rpcUrl), TIMEOUT);
    }

    /** Looks at what stands at addresses. */
    public RoomLookup lookup() {
        return RoomLookup.connect(rpc.open(), timeout);
    }

    /** Puts contracts on the chain; the signer pays. */
    public ChainDeployer deployer(ChainSigner signer) throws IOException {
        return ChainDeployer.connect(rpc.open(), signer, timeout);
    }

    public RoomContract room(RoomLocation location) {
        return room(location, Optional.empty());
    }

    /** A room that the signer sends transactions to. */
    public RoomContract room(RoomLocation location, ChainSigner signer) {
        return room(location, Optional.of(signer));
    }

    private RoomContract room(RoomLocation location, Optional<ChainSigner> signer) {
        return Web3jRoom.connect(new RoomEndpoint(rpc.open(), location, signer, timeout));
    }

    public LedgerContract ledger(long chainId, Account contract) {
        return ledger(chainId, contract, Optional.empty());
    }

    /** A ledger that the signer sends transactions to. */
    public LedgerContract ledger(long chainId, Account contract, ChainSigner signer) {
        return ledger(chainId, contract, Optional.of(signer));
    }

    private LedgerContract ledger(long chainId, Account contract, Optional<ChainSigner> signer) {
        return Web3jLedger.connect(
                new LedgerEndpoint(
                        rpc.open(), new LedgerLocation(chainId, contract), signer, timeout));
    }
}
