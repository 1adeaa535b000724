package io.sealroom.cli;

import io.sealroom.cli.audit.AuditCommand;
import io.sealroom.cli.budget.BudgetCommand;
import io.sealroom.cli.chain.ChainCommand;
import io.sealroom.cli.keys.KeysCommand;
import io.sealroom.cli.policy.PolicyCommand;
import io.sealroom.cli.releases.ReleasesCommand;
import io.sealroom.cli.report.ReportCommand;
import io.sealroom.cli.room.RoomCommand;
import io.sealroom.cli.signatures.SignaturesCommand;
import io.sealroom.cli.status.StatusCommand;
import io.sealroom.cli.verify.RoomSource;
import io.sealroom.cli.verify.VerifyCommand;
import io.sealroom.partner.PartnerCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code sealroom} command. */
@Command(
        name = "sealroom",
        description =
                "Makes clean rooms, and works with their releases, policies, keys and budgets.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        scope = CommandLine.ScopeType.INHERIT,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:done, and everything that was checked holds",
            " 1:something that was checked does not hold, or the contract refuses it",
            " 2:wrong arguments, or a file among them that cannot be used",
            " 3:Kafka or the chain did not answer; nothing is known",
            " 4:an audit found a difference, or evidence that somebody signed two things",
            "70:a fault of this program",
        })
public final class Sealroom {

    private static final String LOGGING = "log4j2.configurationFile";

    Sealroom() {}

    public static void main(String[] args) {
        if (System.getProperty(LOGGING) == null) {
            // Before any logger exists: the default would write to stdout.
            // An agent runs for weeks, and its log is what tells why it waits.
            boolean agent = args.length > 0 && args[0].equals("partner");
            System.setProperty(
                    LOGGING,
                    agent
                            ? "classpath:sealroom-partner-log4j2.xml"
                            : "classpath:io/sealroom/cli/log4j2.properties");
        }
        System.exit(commandLine(RoomSource.jsonRpc()).execute(args));
    }

    /**
     * The command with all its subcommands, to be executed once.
     *
     * @param rooms how {@code verify}, {@code report} and {@code audit} reach a room
     */
    public static CommandLine commandLine(RoomSource rooms) {
        Faults faults = new Faults();
        return new CommandLine(new Sealroom())
                .addSubcommand(new VerifyCommand(rooms))
                .addSubcommand(new ReportCommand(rooms))
                .addSubcommand(new ReleasesCommand())
                .addSubcommand(new KeysCommand())
                .addSubcommand(new PolicyCommand())
                .addSubcommand(new ChainCommand())
                .addSubcommand(new RoomCommand())
                .addSubcommand(new BudgetCommand())
                .addSubcommand(new SignaturesCommand())
                .addSubcommand(new StatusCommand())
                .addSubcommand(new AuditCommand(rooms))
                .addSubcommand(PartnerCommand.commandLine())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(faults)
                .setExecutionExceptionHandler(faults);
    }
}
