package io.sealroom.cli.budget;

import io.sealroom.cli.AccountConverter;
import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.Inputs;
import io.sealroom.cli.OutputOptions;
import io.sealroom.cli.Timeout;
import io.sealroom.cli.chain.Actions;
import io.sealroom.cli.chain.Endpoint;
import io.sealroom.contracts.Account;
import io.sealroom.partner.ceremony.HttpUrl;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealroom budget}. */
@Command(
        name = "budget",
        description = {
            "Shows what a room has spent of the data sets it reads, and what is left.",
            "",
            "Who spent what, for which query, epoch and window, in which transaction; what other"
                    + " rooms spent of the same data sets; and a dry run of the next epoch, query"
                    + " by query: one that cannot be paid is exit code 1, since its windows would"
                    + " be withheld for ever.",
            "",
        },
        subcommands = {RegisterCommand.class, AllowCommand.class})
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before call().
public final class BudgetCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    // Asked for by call() and not by the parser, which would ask a subcommand's user too.
    @Option(
            names = "--rpc",
            paramLabel = "URL",
            converter = HttpUrl.Converter.class,
            description = "JSON-RPC endpoint of the chain (required).")
    private @Nullable HttpUrl rpc;

    @Option(
            names = {"--contract", "--room"},
            paramLabel = "ADDRESS",
            converter = AccountConverter.class,
            description = "Address of the Room (required).")
    private @Nullable Account contract;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Gives names to queries and data sets.")
    private @Nullable Path policyFile;

    @Option(
            names = "--epoch",
            paramLabel = "N",
            description = "Epoch of the dry run (default: the next one that is not paid).")
    private @Nullable Long epoch;

    @Option(
            names = "--from-block",
            defaultValue = "0",
            paramLabel = "N",
            description =
                    "Block to read events from, not after the room's creation; for endpoints that"
                            + " limit ranges (default: ${DEFAULT-VALUE}).")
    private long fromBlock;

    @Option(
            names = "--timeout",
            defaultValue = "PT1M",
            paramLabel = "DURATION",
            converter = Timeout.class,
            description = "Of one request (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Mixin private OutputOptions output;

    @Override
    public Integer call() {
        if (rpc == null || contract == null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "Missing required options: --rpc and --contract");
        }
        Optional<Policy> policy = Optional.ofNullable(policyFile).map(Inputs::policy);
        try {
            BudgetReport report =
                    BudgetReport.read(
                            new Endpoint(rpc, timeout),
                            contract,
                            fromBlock,
                            policy,
                            epoch == null ? OptionalLong.empty() : OptionalLong.of(epoch));
            output.print(spec, report);
            return report.next().affordable() ? ExitCodes.OK : ExitCodes.MISMATCH;
        } catch (IOException e) {
            throw Actions.unavailable(e);
        }
    }
}
