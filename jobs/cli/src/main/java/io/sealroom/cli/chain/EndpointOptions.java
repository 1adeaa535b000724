package io.sealroom.cli.chain;

import io.sealroom.cli.Timeout;
import io.sealroom.partner.ceremony.HttpUrl;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How to reach the chain. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before a command runs.
public final class EndpointOptions {

    @Option(
            names = "--rpc",
            required = true,
            paramLabel = "URL",
            converter = HttpUrl.Converter.class,
            description = "JSON-RPC endpoint of the chain.")
    private HttpUrl rpc;

    @Option(
            names = "--timeout",
            defaultValue = "PT1M",
            paramLabel = "DURATION",
            converter = Timeout.class,
            description =
                    "Of a request, and until a transaction is in a block (default:"
                            + " ${DEFAULT-VALUE}).")
    private Duration timeout;

    public Endpoint endpoint() {
        return new Endpoint(rpc, timeout);
    }
}
