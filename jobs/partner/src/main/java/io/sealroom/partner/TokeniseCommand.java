package io.sealroom.partner;

import io.sealroom.partner.config.AgentConfig;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.tokenise.BulkResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
        return ConfigOptions.run(spec, this::run);
    }

    private void run(AgentConfig config, PrintWriter out) throws AgentException {
        Consumer<String> lines = ConfigOptions.lines(config, out);
        BulkResult result =
                new TokeniseRun(
                                config,
                                new TokeniseRun.Base(
                                        ConfigOptions.given(base),
                                        ConfigOptions.given(rejects),
                                        epoch))
                        .run(progress -> lines.accept(progress.text()), lines);
        lines.accept(
                String.format(
                        "done: %d tokenised, %d known already, %d lines rejected",
                        result.asked(), result.known(), result.rejected()));
    }
}
