package io.sealroom.cli.keys;

import io.sealroom.cli.UsageException;
import io.sealroom.privacy.secret.KeyFileException;
import io.sealroom.privacy.secret.StoredSeed;
import java.io.IOException;
import java.nio.file.Path;

/** What the commands over seed files have in common. */
final class SeedFiles {

    /** Something done to files. */
    interface Step<T> {
        T take() throws IOException;
    }

    private SeedFiles() {}

    /**
     * @param file named if the failure does not name one
     * @throws UsageException if a file cannot be used
     */
    static <T> T take(Path file, Step<T> step) {
        try {
            return step.take();
        } catch (KeyFileException e) {
            // It says the file and the rule, never a value.
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UsageException(
                    String.format(
                            "%s cannot be read or written: %s",
                            file, e.getClass().getSimpleName()));
        }
    }

    /** What can still be had of a seed, for people. */
    static String text(StoredSeed stored) {
        if (stored instanceof StoredSeed.Bound bound) {
            return String.format(
                    "%s in room %s: epochs from %d on", bound.name(), bound.room(), bound.epoch());
        }
        return stored instanceof StoredSeed.Erased erased
                ? String.format("%s in room %s: nothing is left", erased.name(), erased.room())
                : stored.name() + ": serves no room yet";
    }
}
