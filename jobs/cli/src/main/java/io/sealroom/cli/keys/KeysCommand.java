package io.sealroom.cli.keys;

import picocli.CommandLine.Command;

/** {@code sealroom keys}. */
@Command(
        name = "keys",
        description = "Makes key files and shows what of them is public.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {GenerateCommand.class, PublicCommand.class})
public final class KeysCommand {}
