package io.sealroom.partner;

import io.sealroom.partner.config.AgentConfig;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command line of an agent, alone ({@link #main}) or as a subcommand.
 *
 * <p>Exit codes: see {@link ExitCode}.
 */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a partner's agent: answers the other partners' OPRF requests, turns events into"
                    + " blinded events, and seals them up to the room's end."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:the own work is done and sealed, the stay was ended, or a dry run found no fault",
            " 1:a fault of the program itself (70 under sealroom)",
            " 2:wrong usage, or an input, policy, room or key file that cannot be used",
            " 3:Kafka or another partner is away or refuses, or the agent was stopped early",
            " 4:alarm: the own topic holds something else than this agent wrote",
        })
public final class PartnerAgent implements Callable<Integer> {

    private static final String LOG_CONFIG_PROPERTY = "log4j2.configurationFile";
    private static final String LOG_CONFIG = "sealroom-partner-log4j2.xml";
    private static final int END_SECONDS_MAX = 25;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--dry-run",
            description = {
                "read everything, list rejects and print what would be done; no partner is asked,"
                        + " and nothing is written to Kafka or the state directory"
            })
    private boolean dryRun;

    /** Starts an agent and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        // Before the first logger: standard output is for progress.
        if (System.getProperty(LOG_CONFIG_PROPERTY) == null) {
            System.setProperty(LOG_CONFIG_PROPERTY, LOG_CONFIG);
        }
        System.exit(commandLine().execute(arguments));
    }

    /** The command, with its options. */
    public static CommandLine commandLine() {
        return ConfigOptions.commandLine(new PartnerAgent());
    }

    @Override
    public Integer call() {
        return ConfigOptions.run(spec, this::run);
    }

    private void run(AgentConfig config, PrintWriter out) throws AgentException {
        if (dryRun) {
            new DryRun(config, out).run();
            return;
        }
        StopSignal stop = new StopSignal();
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> stopAndWait(stop, ended), "partner-stop");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            if (config.stopOnStdinClose()) {
                stopWhenClosed(System.in, stop);
            }
            new AgentRun(
                            config,
                            new ProgressLines(config.partner(), out, config.clock()),
                            stop,
                            KitSink::open)
                    .run();
        } finally {
            ended.countDown();
            removeHook(hook);
        }
    }

    private static void stopWhenClosed(InputStream in, StopSignal stop) {
        Thread watcher =
                new Thread(
                        () -> {
                            try {
                                while (in.read() >= 0) {
                                    // Whatever is written there means nothing.
                                }
                            } catch (IOException e) {
                                // As good as closed.
                            }
                            stop.stop();
                        },
                        "partner-stdin");
        watcher.setDaemon(true);
        watcher.start();
    }

    /** On SIGTERM: the JVM ends when its hooks do, so they wait for clients to be closed. */
    private static void stopAndWait(StopSignal stop, CountDownLatch ended) {
        stop.stop();
        try {
            ended.await(END_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook is what is running now.
        }
    }
}
