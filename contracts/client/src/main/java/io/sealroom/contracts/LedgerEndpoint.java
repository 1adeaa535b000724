package io.sealroom.contracts;

import java.time.Duration;
import java.util.Optional;

/**
 * How to reach a ledger.
 *
 * @param rpcUrl JSON-RPC over HTTP; may carry a credential, so it is not in the text of this record
 * @param location the ledger that is meant
 * @param sender owns data sets and pays for transactions; empty: read only
 * @param timeout of one request, and of the blocking calls altogether
 */
public record LedgerEndpoint(
        String rpcUrl, LedgerLocation location, Optional<ChainSigner> sender, Duration timeout) {

    /** With a timeout of ten seconds. */
    public static LedgerEndpoint of(String rpcUrl, LedgerLocation location, ChainSigner sender) {
        return new LedgerEndpoint(rpcUrl, location, Optional.of(sender), Duration.ofSeconds(10));
    }

    /** Without a key; with a timeout of ten seconds. */
    public static LedgerEndpoint readOnly(String rpcUrl, LedgerLocation location) {
        return new LedgerEndpoint(rpcUrl, location, Optional.empty(), Duration.ofSeconds(10));
    }

    @Override
    public String toString() {
        return "LedgerEndpoint[" + location + "]";
    }
}
