package io.sealroom.cli.report;

import io.sealroom.cli.AccountConverter;
import io.sealroom.cli.chain.Endpoint;
import io.sealroom.cli.chain.OptionalEndpointOptions;
import io.sealroom.contracts.Account;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which chain to verify against, if any. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before a command runs.
final class ChainOptions {

    @Mixin private OptionalEndpointOptions chain;

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
        Optional<Endpoint> endpoint = chain.endpoint();
        if (endpoint.isEmpty() && contract == null) {
            return Optional.empty();
        }
        if (endpoint.isEmpty() || contract == null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--rpc and --contract belong together");
        }
        return Optional.of(new Named(endpoint.get(), contract, fromBlock));
    }
}
