package io.sealroom.cli.releases;

import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.Timeout;
import io.sealroom.cli.UsageException;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.Decoded;
import io.sealroom.schemas.release.Release;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealroom releases}. */
@Command(
        name = "releases",
        description = {
            "Prints the released windows of a room, as one node has them in Kafka.",
            "",
            "From the beginning of the node's releases topic to its current end, or on with"
                    + " --follow. JSONL is what 'sealroom verify' takes; CSV has a line for each row,"
                    + " and no value where it is suppressed. Counts are in millionths of a"
                    + " conversion, values in minor units. A record that is not a release is left"
                    + " out and reported (exit code 1).",
            "",
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before call().
public final class ReleasesCommand implements Callable<Integer> {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{2,39}");

    private static final Pattern SERVERS =
            Pattern.compile("[^:,\\s]+:[0-9]{1,5}(,[^:,\\s]+:[0-9]{1,5})*");

    @Spec private CommandSpec spec;

    @Option(names = "--room", required = true, paramLabel = "ROOM", description = "The room's id.")
    private String room;

    @Option(
            names = "--node",
            required = true,
            paramLabel = "NAME",
            description = "Whose releases to read.")
    private String node;

    @Option(
            names = "--kafka",
            required = true,
            paramLabel = "HOST:PORT[,...]",
            description = "Kafka's bootstrap servers.")
    private String bootstrap;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "csv|jsonl",
            description = "How to print them.")
    private ReleaseFormat format;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write to this new file instead of stdout.")
    private @Nullable Path file;

    @Option(names = "--follow", description = "Go on until interrupted.")
    private boolean follow;

    @Option(
            names = "--timeout",
            defaultValue = "PT20S",
            paramLabel = "DURATION",
            converter = Timeout.class,
            description = "For which Kafka may be silent (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Override
    public Integer call() throws IOException {
        require("--room", room, NAME);
        require("--node", node, NAME);
        require("--kafka", bootstrap, SERVERS);
        try (ReleaseTopic topic =
                ReleaseTopic.open(bootstrap, Topics.releases(room, node), timeout)) {
            // Only now: a file that was asked for in vain would be in the way next time.
            if (file == null) {
                return print(topic, spec.commandLine().getOut());
            }
            try (Writer out = create(file)) {
                return print(topic, out);
            }
        }
    }

    private int print(ReleaseTopic topic, Writer out) throws IOException {
        Printing printing = new Printing(format.printer(out), out);
        topic.read(printing);
        if (follow) {
            topic.follow(printing);
        }
        return printing.refused == 0 ? ExitCodes.OK : ExitCodes.MISMATCH;
    }

    private void require(String option, String value, Pattern form) {
        if (!form.matcher(value).matches()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), option + " must be of the form " + form);
        }
    }

    private static Writer create(Path file) {
        try {
            return Files.newBufferedWriter(
                    file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new UsageException(
                    String.format("%s cannot be created: %s", file, e.getClass().getSimpleName()));
        }
    }

    /** Prints what the topic gives. */
    private final class Printing implements ReleaseTopic.Receiver {

        private final ReleasePrinter printer;
        private final Writer out;
        private long refused;

        private Printing(ReleasePrinter printer, Writer out) {
            this.printer = printer;
            this.out = out;
        }

        @Override
        public void release(Release release) throws IOException {
            printer.print(release);
        }

        @Override
        public void refused(int partition, long offset, Decoded.Fault fault) {
            refused++;
            spec.commandLine()
                    .getErr()
                    .printf(
                            "sealroom releases: partition %d, offset %d is no release: %s%n",
                            partition, offset, fault);
        }

        @Override
        public void pause() throws IOException {
            out.flush();
        }
    }
}
