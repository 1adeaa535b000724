package io.sealroom.cli.keys;

import picocli.CommandLine.Command;

/** {@code sealroom keys}. */
@Command(
        name = "keys",
        description = "Makes key files, shows what of them is public, keeps and erases OPRF seeds.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            GenerateCommand.class,
            SeedCommand.class,
            PublicCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            EraseCommand.class
        })
public final class KeysCommand {}
