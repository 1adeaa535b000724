package io.sealroom.cli.chain;

import io.sealroom.cli.RefusedException;
import io.sealroom.contracts.RoomLookup;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which chain is meant, for whoever does not leave that to the endpoint. */
public final class ChainIdOption {

    @Option(
            names = "--chain-id",
            paramLabel = "N",
            description = "Chain that must be behind the endpoint (default: any).")
    private @Nullable Long chainId;

    /**
     * Demands that the endpoint's chain is the one that is meant, if one is.
     *
     * @throws RefusedException if it is another
     * @throws IOException if the endpoint does not answer
     */
    public void require(Endpoint endpoint) throws IOException {
        if (chainId == null) {
            return;
        }
        try (RoomLookup lookup = endpoint.lookup()) {
            long there = lookup.chainId();
            if (there != chainId) {
                throw new RefusedException(
                        String.format(
                                "the endpoint's chain id is %d, --chain-id says %d",
                                there, chainId));
            }
        }
    }
}
