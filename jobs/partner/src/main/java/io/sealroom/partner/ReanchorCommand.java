package io.sealroom.partner;

import io.sealroom.partner.config.AgentConfig;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.topic.SealObserver;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command with which a partner goes on after a loss in Kafka. */
@Command(
        name = "reanchor",
        mixinStandardHelpOptions = true,
        description = {
            "Lets a partner go on whose topic holds something else than its agent wrote: reads the"
                    + " topic as nodes do, and writes a re-anchoring seal into each damaged"
                    + " partition. The windows it touches are withheld, later ones are normal. For"
                    + " a stopped agent; takes its configuration file and options, and does not"
                    + " read its input."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:every partition can go on, or a dry run found how",
            " 2:wrong usage, or a policy, room, key or state file that cannot be used",
            " 3:Kafka is away, or it was stopped early: run it again",
            " 4:alarm: the topic's first records are gone, or it changed meanwhile",
        })
public final class ReanchorCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--dry-run",
            description = "print what is damaged and what would be withheld; write nothing")
    private boolean dryRun;

    @Option(
            names = "--partition",
            paramLabel = "N",
            description =
                    "re-anchor this partition too, whatever it holds: for an alarm that only the"
                            + " input file can show; may be repeated")
    private List<Integer> partitions = List.of();

    /** The command, with its options and the agent's. */
    public static CommandLine commandLine() {
        return ConfigOptions.commandLine(new ReanchorCommand());
    }

    @Override
    public Integer call() {
        return ConfigOptions.run(spec, this::run);
    }

    private void run(AgentConfig config, PrintWriter out) throws AgentException {
        ReanchorRun run =
                new ReanchorRun(
                        config,
                        Set.copyOf(partitions),
                        ConfigOptions.lines(config, out),
                        new SealObserver() {});
        if (dryRun) {
            run.dryRun();
        } else {
            run.run();
        }
    }
}
