package io.sealroom.local.stack;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the demo. */
final class DemoOptions {

    @Option(
            names = "--exposures",
            description = "CSV of the publisher (default: a generated campaign)")
    @Nullable Path exposures;

    @Option(
            names = "--conversions",
            description = "CSV of the advertiser (default: a generated campaign)")
    @Nullable Path conversions;

    @Option(
            names = "--policy",
            description =
                    "policy of partners publisher and advertiser and as many nodes as --nodes says"
                            + " (default: the demo's); needs --keys")
    @Nullable Path policy;

    @Option(names = "--out", description = "also write the releases here, one JSON a line")
    @Nullable Path out;

    @Option(
            names = "--keys",
            description = "directory made by sealroom keys generate (default: fresh keys)")
    @Nullable Path keys;

    @Option(
            names = "--nodes",
            description =
                    "nodes that compute, each a process: 1, or 3 of which 2 must agree (default:"
                            + " 1)")
    int nodes = 1;

    @Option(names = "--parallelism", description = "of the computation (default: 2)")
    int parallelism = 2;

    @Option(names = "--seed", description = "of the generated campaign (default: 1)")
    long seed = 1;

    @Option(names = "--small", description = "a tenth of the default campaign")
    boolean small;

    @Option(
            names = "--keep",
            description = "keep broker, chain and agents after the end, until Ctrl-C")
    boolean keep;

    @Option(names = "--run", hidden = true, description = "run directory")
    Path run = Path.of("deploy", "local", "run");

    @Option(names = "--help", usageHelp = true, description = "show this")
    boolean help;
}
