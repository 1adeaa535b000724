package io.sealroom.local.chaos;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of a run. */
final class ChaosOptions {

    @Option(names = "--seed", description = "of the faults and the events (default: 1)")
    long seed = 1;

    @Option(names = "--minutes", description = "how long things go wrong (default: 1)")
    int minutes = 1;

    @Option(names = "--unaligned", description = "unaligned checkpoints")
    boolean unaligned;

    @Option(names = "--backend", description = "hashmap or rocksdb (default: hashmap)")
    String backend = "hashmap";

    @Option(names = "--parallelism", description = "of the computation at first (default: 2)")
    int parallelism = 2;

    @Option(names = "--calm", hidden = true, description = "no faults")
    boolean calm;

    @Option(names = "--keep", description = "keep all parts after the end, until Ctrl-C")
    boolean keep;

    @Option(names = "--run", hidden = true, description = "run directory")
    Path run = Path.of("deploy", "local", "run-chaos");

    @Option(names = "--cluster", hidden = true, required = true, description = "Flink's class path")
    String cluster = "";

    @Option(names = "--jar", hidden = true, required = true, description = "jar of the jobs")
    Path jar = Path.of("");

    @Option(names = "--help", usageHelp = true, description = "show this")
    boolean help;
}
