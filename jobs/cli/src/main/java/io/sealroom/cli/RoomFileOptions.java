package io.sealroom.cli;

import io.sealroom.schemas.policy.RoomFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which room is meant, where the file of it says. */
@SuppressWarnings("NullAway.Init") // picocli fills the field in before a command runs.
public final class RoomFileOptions {

    @Option(
            names = "--room-file",
            required = true,
            paramLabel = "FILE",
            description = "The room file, as 'sealroom room show --out' writes it.")
    private Path file;

    /**
     * The room.
     *
     * @throws UsageException as {@link Inputs#room} does
     */
    public RoomFile room() {
        return Inputs.room(file);
    }
}
