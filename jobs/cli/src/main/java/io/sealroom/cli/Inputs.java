package io.sealroom.cli;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyException;
import io.sealroom.schemas.policy.PolicyFile;
import io.sealroom.schemas.policy.RoomFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that the user names. */
public final class Inputs {

    private Inputs() {}

    /**
     * A policy file.
     *
     * @throws UsageException if it cannot be read or is no valid policy; the message has every
     *     violation
     */
    public static Policy policy(Path file) {
        try {
            return PolicyFile.read(file);
        } catch (PolicyException e) {
            throw new UsageException(
                    String.format(
                            "%s is not a valid policy:%n  %s",
                            file, String.join(String.format("%n  "), e.violations())));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * A room file.
     *
     * @throws UsageException if it cannot be read or is none
     */
    public static RoomFile room(Path file) {
        try {
            return RoomFile.read(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * A text file, UTF-8.
     *
     * @throws UsageException if it cannot be opened
     */
    public static BufferedReader lines(Path file) {
        try {
            return Files.newBufferedReader(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** The user's file cannot be read. */
    public static UsageException unreadable(Path file, IOException e) {
        return new UsageException(
                e instanceof NoSuchFileException
                        ? String.format("%s: there is no such file", file)
                        : String.format(
                                "%s cannot be read: %s", file, e.getClass().getSimpleName()));
    }
}
