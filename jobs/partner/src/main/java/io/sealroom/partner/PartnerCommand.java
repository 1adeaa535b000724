package io.sealroom.partner;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code sealroom partner}: what a partner runs beside its data. */
@Command(
        name = "partner",
        description = "Runs what belongs beside a partner's data.",
        synopsisSubcommandLabel = "COMMAND")
public final class PartnerCommand {

    private PartnerCommand() {}

    /** The group with its subcommands. */
    public static CommandLine commandLine() {
        return new CommandLine(new PartnerCommand())
                .addSubcommand(PartnerAgent.commandLine())
                .addSubcommand(TokeniseCommand.commandLine())
                .addSubcommand(ReanchorCommand.commandLine());
    }
}
