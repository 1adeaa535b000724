package io.sealroom.cli.keys;

import io.sealroom.cli.UsageException;
import io.sealroom.privacy.secret.OprfSeedFile;
import io.sealroom.privacy.secret.StoredSeed;
import java.nio.file.Path;
import java.security.SecureRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealroom keys seed}. */
@Command(
        name = "seed",
        description = {
            "Makes a fresh OPRF seed, for a further room of a partner.",
            "",
            "Every room needs its own: what has passed in one room is erased, and must not be"
                    + " needed in another. The first room that it is used in is its room. Readable"
                    + " by its owner only, and never overwritten.",
            "",
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before run().
final class SeedCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Option(
            names = "--partner",
            required = true,
            paramLabel = "NAME",
            description = "The partner whose seed it will be.")
    private String partner;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The new file.")
    private Path file;

    @Override
    public void run() {
        StoredSeed seed = fresh();
        SeedFiles.take(
                file,
                () -> {
                    OprfSeedFile.create(file, seed);
                    return seed;
                });
        print(SeedFiles.text(seed));
    }

    private StoredSeed fresh() {
        try {
            return StoredSeed.generate(partner, new SecureRandom());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
