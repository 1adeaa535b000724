package io.sealroom.cli.keys;

import io.sealroom.cli.UsageException;
import io.sealroom.privacy.secret.OprfSeedFile;
import io.sealroom.privacy.secret.Passphrase;
import io.sealroom.privacy.secret.SeedBackup;
import io.sealroom.privacy.secret.StoredSeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealroom keys restore}. */
@Command(
        name = "restore",
        description = {
            "Makes a seed file out of a backup.",
            "",
            "A seed file that exists is never overwritten, least of all one that is further on: what"
                    + " was erased stays erased. In a live room the agent erases at its start what"
                    + " has passed since the backup.",
            "",
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before run().
final class RestoreCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Option(names = "--backup", required = true, paramLabel = "FILE", description = "The backup.")
    private Path backup;

    @Option(
            names = "--seed",
            required = true,
            paramLabel = "FILE",
            description = "The seed file to make.")
    private Path seedFile;

    @Option(
            names = "--passphrase-file",
            required = true,
            paramLabel = "FILE",
            description = "The passphrase of the backup; mode 600.")
    private Path passphraseFile;

    @Override
    public void run() {
        StoredSeed restored =
                SeedFiles.take(
                        backup, () -> SeedBackup.open(backup, Passphrase.read(passphraseFile)));
        SeedFiles.take(
                seedFile,
                () -> {
                    requireNone(restored);
                    OprfSeedFile.create(seedFile, restored);
                    return restored;
                });
        print("restored " + SeedFiles.text(restored));
    }

    private void requireNone(StoredSeed restored) throws IOException {
        if (Files.exists(seedFile)) {
            throw new UsageException(
                    String.format(
                            "%s exists (%s) and is not overwritten with the backup (%s): what was"
                                    + " erased stays erased",
                            seedFile,
                            SeedFiles.text(OprfSeedFile.read(seedFile)),
                            SeedFiles.text(restored)));
        }
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
