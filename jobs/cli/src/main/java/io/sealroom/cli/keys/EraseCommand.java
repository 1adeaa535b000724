package io.sealroom.cli.keys;

import io.sealroom.privacy.oprf.SeedErasing;
import io.sealroom.privacy.secret.StoredSeed;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealroom keys erase}. */
@Command(
        name = "erase",
        description = {
            "Erases an OPRF seed, up to an epoch or altogether.",
            "",
            "For rooms of mode 'file' when they are over, and for a seed that was restored; agents"
                    + " of live rooms erase by themselves. It cannot be taken back. An agent that"
                    + " runs keeps its shares in memory: end it first.",
            "",
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before run().
final class EraseCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Option(names = "--seed", required = true, paramLabel = "FILE", description = "The seed file.")
    private Path seedFile;

    @Option(
            names = "--before",
            paramLabel = "EPOCH",
            description = "Erase the shares of earlier epochs.")
    private @Nullable Long before;

    @Option(names = "--all", description = "Erase everything.")
    private boolean all;

    @Override
    public void run() {
        if (all == (before != null)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "give one of --before and --all");
        }
        Long epoch = before;
        StoredSeed left =
                SeedFiles.take(
                        seedFile,
                        () ->
                                epoch == null
                                        ? SeedErasing.all(seedFile)
                                        : SeedErasing.before(seedFile, epoch));
        print(SeedFiles.text(left));
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
