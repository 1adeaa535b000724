package io.sealroom.cli.keys;

import io.sealroom.privacy.secret.OprfSeedFile;
import io.sealroom.privacy.secret.Passphrase;
import io.sealroom.privacy.secret.SeedBackup;
import io.sealroom.privacy.secret.StoredSeed;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealroom keys backup}. */
@Command(
        name = "backup",
        description = {
            "Copies an OPRF seed under a passphrase.",
            "",
            "Without a seed nobody can tokenise in its room any more: every partner is needed. But"
                    + " whoever has the backup and the passphrase can evaluate for its epoch and all"
                    + " later ones: make a new one after each epoch, and destroy the old one.",
            "",
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before run().
final class BackupCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Option(names = "--seed", required = true, paramLabel = "FILE", description = "The seed file.")
    private Path seedFile;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The new backup.")
    private Path backup;

    @Option(
            names = "--passphrase-file",
            required = true,
            paramLabel = "FILE",
            description = "The passphrase, 12 bytes at least; mode 600.")
    private Path passphraseFile;

    @Override
    public void run() {
        StoredSeed seed = SeedFiles.take(seedFile, () -> OprfSeedFile.read(seedFile));
        SeedFiles.take(
                backup,
                () -> {
                    SeedBackup.create(backup, seed, Passphrase.read(passphraseFile));
                    return seed;
                });
        print("backup of " + SeedFiles.text(seed));
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
