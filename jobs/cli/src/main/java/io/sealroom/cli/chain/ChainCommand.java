package io.sealroom.cli.chain;

import picocli.CommandLine.Command;

/** {@code sealroom chain}. */
@Command(
        name = "chain",
        description = "Puts the contracts that rooms share on a chain.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = DeployCommand.class)
public final class ChainCommand {}
