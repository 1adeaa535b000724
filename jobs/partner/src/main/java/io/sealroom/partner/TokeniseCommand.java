package io.sealroom.partner;

import io.sealroom.partner.config.AgentConfig;
import io.sealroom.partner.config.ConfigKey;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;
import io.sealroom.partner.tokenise.BulkResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command that tokenises a known base before events come. */
@Command(
        name = "tokenise",
        mixinStandardHelpOptions = true,
        description = {
            "Asks for the tokens of a base of identifiers for one epoch, and keeps them encrypted"
                    + " in the state directory, where the partner's agent finds them. Answers the"
                    + " other partners meanwhile. Killed and started again it goes on. Takes the"
                    + " agent's configuration file and options; its input is not read."
        })
public final class TokeniseCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--base",
            required = true,
            paramLabel = "FILE",
            description = "CSV with the header id_type,identifier, or JSON lines")
    private @Nullable Path base;

    @Option(
            names = "--base-rejects",
            required = true,
            paramLabel = "FILE",
            description = "where rejected lines of the base are listed")
    private @Nullable Path rejects;

    @Option(
            names = "--epoch",
            paramLabel = "N",
            description =
                    "which epoch; the present one by default, in a live room the next at most")
    private @Nullable Long epoch;

    /** The command, with its options and the agent's. */
    public static CommandLine commandLine() {
        return ConfigOptions.commandLine(new TokeniseCommand());
    }

    @Override
    public Integer call() {
        CommandLine commandLine = given(spec).commandLine();
        PrintWriter out = commandLine.getOut();
        ParseResult parsed = commandLine.getParseResult();
        String name = parsed.matchedOptionValue(ConfigKey.PARTNER.option(), "partner");
        try {
            AgentConfig config = ConfigOptions.read(parsed, System.getenv());
            name = config.partner();
            String prefix = name + ": ";
            BulkResult result =
                    new TokeniseRun(
                                    config,
                                    new TokeniseRun.Base(given(base), given(rejects), epoch))
                            .run(
                                    progress -> line(out, prefix + progress.text()),
                                    waits -> line(out, prefix + waits));
            line(
                    out,
                    String.format(
                            "%sdone: %d tokenised, %d known already, %d lines rejected",
                            prefix, result.asked(), result.known(), result.rejected()));
            return ExitCode.OK.code();
        } catch (AgentException e) {
            line(commandLine.getErr(), name + ": " + e.getMessage());
            return e.exitCode().code();
        }
    }

    private static void line(PrintWriter to, String text) {
        to.println(text);
        to.flush();
    }

    /** What picocli has filled in before it calls. */
    private static <T> T given(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("picocli fills in required options");
        }
        return value;
    }
}
