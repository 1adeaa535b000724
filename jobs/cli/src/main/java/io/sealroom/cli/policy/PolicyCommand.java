package io.sealroom.cli.policy;

import io.sealroom.cli.Inputs;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sealroom policy}. */
@Command(
        name = "policy",
        description = "Works with policy files.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = CheckCommand.class)
@SuppressWarnings("NullAway.Init") // picocli fills the field in before a subcommand runs.
public final class PolicyCommand {

    @Spec private CommandSpec spec;

    @Command(
            name = "hash",
            description =
                    "Prints the canonical hash of a valid policy: what partners sign and the"
                            + " contract holds. Violations go to stderr, with exit code 2.")
    void hash(@Parameters(paramLabel = "FILE", description = "The policy.") Path file) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(Inputs.policy(file).hash());
        out.flush();
    }
}
