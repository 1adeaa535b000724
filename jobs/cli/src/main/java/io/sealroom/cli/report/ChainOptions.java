package io.sealroom.cli.report;

import io.sealroom.cli.AccountConverter;
import io.sealroom.cli.Timeout;
import io.sealroom.cli.chain.Endpoint;
import io.sealroom.contracts.Account;
import io.sealroom.partner.ceremony.HttpUrl;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which chain to verify against, if any. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before a command runs.
final class ChainOptions {

    @Option(
            names = "--rpc",
            paramLabel = "URL",
            converter = HttpUrl.Converter.class,
            description = "JSON-RPC endpoint of the chain, to verify against.")
    private @Nullable HttpUrl rpc;

    @Option(
            names = "--contract",
            paramLabel = "ADDRESS",
            converter = AccountConverter.class,
            description = "Address of the Room, from a source you trust; with --rpc.")
    private @Nullable Account contract;

    @Option(
            names = "--from-block",
            defaultValue = "0",
            paramLabel = "N",
            description =
                    "Block to read charges from, not after the room's creation; for endpoints that"
                            + " limit ranges (default: ${DEFAULT-VALUE}).")
    private long fromBlock;

    @Option(
            names = "--timeout",
            defaultValue = "PT1M",
            paramLabel = "DURATION",
            converter = Timeout.class,
            description = "Of one request (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    /**
     * A Room behind an endpoint.
     *
     * @param fromBlock block to read its events from
     */
    record Named(Endpoint endpoint, Account contract, long fromBlock) {}

    /**
     * What the user named; empty if that is nothing.
     *
     * @throws CommandLine.ParameterException if only one of the two that belong together
     */
    Optional<Named> named(CommandSpec spec) {
        if (rpc == null && contract == null) {
            return Optional.empty();
        }
        if (rpc == null || contract == null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--rpc and --contract belong together");
        }
        return Optional.of(new Named(new Endpoint(rpc, timeout), contract, fromBlock));
    }
}
