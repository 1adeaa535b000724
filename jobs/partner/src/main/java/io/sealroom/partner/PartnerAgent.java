package io.sealroom.partner;

import io.sealroom.partner.exchange.RetryTimes;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
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
        name = "partner",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a partner's agent: answers the other partners' OPRF requests, turns a file of"
                    + " events into blinded events, and seals them up to the room's end."
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  the file is done and sealed, or the stay was ended",
            "  1  a fault of the program itself",
            "  2  wrong usage, or an input, policy, room or key file that cannot be used",
            "  3  Kafka or another partner is away or refuses, or the agent was stopped early",
            "  4  alarm: the own topic holds something else than this agent wrote"
        })
public final class PartnerAgent implements Callable<Integer> {

    private static final String LOG_CONFIG_PROPERTY = "log4j2.configurationFile";
    private static final String LOG_CONFIG = "sealroom-partner-log4j2.xml";
    private static final int END_SECONDS_MAX = 10;

    @Spec private @Nullable CommandSpec spec;

    @Option(names = "--policy", required = true, paramLabel = "FILE", description = "the policy")
    private @Nullable Path policy;

    @Option(
            names = "--room",
            required = true,
            paramLabel = "FILE",
            description = "chain id, contract and OPRF public keys")
    private @Nullable Path room;

    @Option(
            names = "--keys",
            required = true,
            paramLabel = "FILE",
            description = "this partner's key file, mode 600")
    private @Nullable Path keys;

    @Option(
            names = "--kafka",
            required = true,
            paramLabel = "HOST:PORT",
            description = "bootstrap servers")
    private @Nullable String kafka;

    @Option(
            names = "--kafka-settings",
            paramLabel = "FILE",
            description = "further Kafka client settings, such as those of TLS, as properties")
    private @Nullable Path kafkaSettings;

    @Option(
            names = "--partner",
            required = true,
            paramLabel = "NAME",
            description = "this partner's name in the policy")
    private @Nullable String partner;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "events as CSV; not for a partner that only evaluates")
    private @Nullable Path input;

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description = "where rejected lines are listed; required with --input")
    private @Nullable Path rejects;

    @Option(
            names = "--state",
            required = true,
            paramLabel = "DIR",
            description = "directory that outlives the process")
    private @Nullable Path state;

    @Option(
            names = "--stay",
            description = "keep evaluating for the others after the own work, until SIGTERM")
    private boolean stay;

    @Option(
            names = "--stop-on-stdin-close",
            description = "end when standard input ends, as it does with the parent process")
    private boolean stopOnStdinClose;

    /** Starts an agent and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        // Before the first logger: standard output is for progress.
        if (System.getProperty(LOG_CONFIG_PROPERTY) == null) {
            System.setProperty(LOG_CONFIG_PROPERTY, LOG_CONFIG);
        }
        System.exit(new CommandLine(new PartnerAgent()).execute(arguments));
    }

    @Override
    public Integer call() {
        CommandLine commandLine = given(spec).commandLine();
        PrintWriter err = commandLine.getErr();
        StopSignal stop = new StopSignal();
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> stopAndWait(stop, ended), "partner-stop");
        try {
            AgentConfig config = config();
            Runtime.getRuntime().addShutdownHook(hook);
            if (stopOnStdinClose) {
                stopWhenClosed(System.in, stop);
            }
            new AgentRun(config, new ProgressLines(config.partner(), commandLine.getOut()), stop)
                    .run();
            return ExitCode.OK.code();
        } catch (AgentException e) {
            err.println(partner + ": " + e.getMessage());
            err.flush();
            return e.exitCode().code();
        } finally {
            ended.countDown();
            removeHook(hook);
        }
    }

    private AgentConfig config() throws AgentException {
        if ((input == null) != (rejects == null)) {
            throw AgentException.badInput("--input and --rejects go together");
        }
        return new AgentConfig(
                given(policy),
                given(room),
                given(keys),
                given(kafka),
                settings(),
                given(partner),
                input,
                rejects,
                given(state),
                stay,
                RetryTimes.DEFAULT,
                Clock.systemUTC());
    }

    private Map<String, String> settings() throws AgentException {
        Map<String, String> settings = new HashMap<>();
        if (kafkaSettings != null) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(kafkaSettings, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw AgentException.badInput(
                        "Kafka settings %s cannot be read: %s", kafkaSettings, e);
            }
            properties
                    .stringPropertyNames()
                    .forEach(name -> settings.put(name, properties.getProperty(name)));
        }
        return settings;
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

    /** What picocli has filled in before it calls. */
    private static <T> T given(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("picocli fills in required options");
        }
        return value;
    }
}
