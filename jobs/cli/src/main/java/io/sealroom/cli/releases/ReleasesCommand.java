package io.sealroom.cli.releases;

import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.UsageException;
import io.sealroom.cli.kafka.KafkaOptions;
import io.sealroom.cli.kafka.RecordTopic;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Decoded;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
                    + " --follow. 'jsonl' is a release a line, what 'sealroom verify' takes; 'csv',"
                    + " 'json' (an object a line) and 'text' have a line for each row, with the 95 %"
                    + " margin of its noise, and neither value nor margin where it is suppressed."
                    + " Counts are in millionths of a conversion, values in minor units, all else in"
                    + " identifiers.",
            "",
            "A record that is not a release is left out and reported (exit code 1). So is a second"
                    + " release of a query and window that differs from the first; an equal one is"
                    + " left out only.",
            "",
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before call().
public final class ReleasesCommand implements Callable<Integer> {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{2,39}");

    @Spec private CommandSpec spec;

    @Option(names = "--room", required = true, paramLabel = "ROOM", description = "The room's id.")
    private String room;

    @Option(
            names = "--node",
            required = true,
            paramLabel = "NAME",
            description = "Whose releases to read.")
    private String node;

    @Mixin private KafkaOptions kafka;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "text|csv|json|jsonl",
            description = "How to print them.")
    private ReleaseFormat format;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write to this new file instead of stdout.")
    private @Nullable Path file;

    @Option(names = "--follow", description = "Go on until interrupted.")
    private boolean follow;

    @Override
    public Integer call() throws IOException {
        require("--room", room, NAME);
        require("--node", node, NAME);
        try (RecordTopic<Release> topic =
                RecordTopic.open(
                        kafka.bootstrap(),
                        Topics.releases(room, node),
                        Codecs.RELEASE,
                        kafka.timeout())) {
            // Only now: a file that was asked for in vain would be in the way next time.
            if (file == null) {
                return print(topic, spec.commandLine().getOut());
            }
            try (Writer out = create(file)) {
                return print(topic, out);
            }
        }
    }

    private int print(RecordTopic<Release> topic, Writer out) throws IOException {
        Printing printing = new Printing(format.printer(out), out);
        topic.read(printing);
        if (follow) {
            topic.follow(printing);
        }
        return printing.clean() ? ExitCodes.OK : ExitCodes.MISMATCH;
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

    /** What a node may release once. */
    private record Window(String query, long start) {}

    /**
     * A release that was printed; not itself, since there may be many.
     *
     * @param content digest of the whole record
     * @param releaseHash as it states it
     */
    private record Printed(Bytes32 content, Bytes32 releaseHash) {}

    /** Prints what the topic gives, each window of a query once. */
    private final class Printing implements RecordTopic.Receiver<Release> {

        private final ReleasePrinter printer;
        private final Writer out;
        private final Map<Window, Printed> printed = new HashMap<>();
        private long refused;
        private long differing;

        private Printing(ReleasePrinter printer, Writer out) {
            this.printer = printer;
            this.out = out;
        }

        @Override
        public void record(Release release) throws IOException {
            ReleaseDocument document = release.pending().document();
            Printed now =
                    new Printed(
                            Digests.keccak256(Codecs.RELEASE.encode(release)),
                            release.pending().releaseHash());
            @Nullable Printed first =
                    printed.putIfAbsent(new Window(document.query(), document.start()), now);
            if (first == null) {
                printer.print(release);
            } else if (!first.equals(now)) {
                differing++;
                report(
                        String.format(
                                "%s, window of %s: left out a release that differs from the first:"
                                        + " %s, the first %s",
                                document.query(),
                                Instant.ofEpochMilli(document.start()),
                                now.releaseHash().toHex(),
                                first.releaseHash().toHex()));
            }
        }

        @Override
        public void refused(int partition, long offset, Decoded.Fault fault) {
            refused++;
            report(
                    String.format(
                            "partition %d, offset %d is no release: %s", partition, offset, fault));
        }

        private void report(String what) {
            PrintWriter err = spec.commandLine().getErr();
            err.printf("sealroom releases: %s%n", what);
            err.flush();
        }

        private boolean clean() {
            return refused == 0 && differing == 0;
        }

        @Override
        public void pause() throws IOException {
            out.flush();
        }
    }
}
