package io.sealroom.cli.chain;

import io.sealroom.cli.AccountConverter;
import io.sealroom.contracts.Account;
import picocli.CommandLine.Option;

/** Which room is meant. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before a command runs.
public final class RoomOptions {

    @Option(
            names = "--contract",
            required = true,
            paramLabel = "ADDRESS",
            converter = AccountConverter.class,
            description = "Address of the Room, from a source you trust.")
    private Account contract;

    @Option(
            names = "--from-block",
            defaultValue = "0",
            paramLabel = "N",
            description =
                    "Block to read events from, not after the room's creation; for endpoints that"
                            + " limit ranges (default: ${DEFAULT-VALUE}).")
    private long fromBlock;

    public Account contract() {
        return contract;
    }

    public long fromBlock() {
        return fromBlock;
    }
}
