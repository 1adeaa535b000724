package io.sealroom.cli.room;

import picocli.CommandLine.Command;

/** {@code sealroom room}. */
@Command(
        name = "room",
        description = "Makes a room out of a policy, shows it and ends it.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CreateCommand.class,
            ApproveCommand.class,
            RevealCommand.class,
            ShowCommand.class,
            CloseCommand.class,
            TopicsCommand.class
        })
public final class RoomCommand {}
