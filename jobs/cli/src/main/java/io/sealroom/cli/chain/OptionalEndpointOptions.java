package io.sealroom.cli.chain;

import io.sealroom.cli.Timeout;
import io.sealroom.partner.ceremony.HttpUrl;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to reach the chain, for commands that may do without. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before a command runs.
public final class OptionalEndpointOptions {

    @Option(
            names = "--rpc",
            paramLabel = "URL",
            converter = HttpUrl.Converter.class,
            description = "JSON-RPC endpoint of the chain.")
    private @Nullable HttpUrl rpc;

    @Option(
            names = "--timeout",
            defaultValue = "PT1M",
            paramLabel = "DURATION",
            converter = Timeout.class,
            description = "Of one request (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    /** The endpoint that the user named, if any. */
    public Optional<Endpoint> endpoint() {
        return Optional.ofNullable(rpc).map(url -> new Endpoint(url, timeout));
    }
}
