package io.sealroom.privacy.oprf;

import io.sealroom.privacy.secret.KeyFileException;
import io.sealroom.privacy.secret.OprfSeedFile;
import io.sealroom.privacy.secret.StoredSeed;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.nio.file.Path;

/** What is left of a stored seed when epochs of it are erased. */
public final class SeedErasing {

    private SeedErasing() {}

    /**
     * Erases the seeds before an epoch in a file, by hand and without its policy.
     *
     * @return what is left
     * @throws KeyFileException if the file cannot be used, or serves no room yet
     * @throws IOException if it cannot be read or replaced
     */
    public static StoredSeed before(Path file, long epoch) throws IOException {
        return OprfSeedFile.change(
                file,
                present ->
                        used(file, present) instanceof StoredSeed.Bound bound
                                        && epoch > bound.epoch()
                                ? before(bound, epoch)
                                : present);
    }

    /**
     * Erases everything in a file.
     *
     * @return what is left
     * @throws KeyFileException if the file cannot be used, or serves no room yet
     * @throws IOException if it cannot be read or replaced
     */
    public static StoredSeed all(Path file) throws IOException {
        return OprfSeedFile.change(
                file,
                present ->
                        used(file, present) instanceof StoredSeed.Bound bound
                                ? all(bound)
                                : present);
    }

    private static StoredSeed used(Path file, StoredSeed stored) throws KeyFileException {
        if (stored instanceof StoredSeed.Unbound) {
            throw KeyFileException.of(file, "serves no room yet: nothing of it can have passed");
        }
        return stored;
    }

    /** Ratchets the seed itself: what it was is erased. */
    static StoredSeed before(StoredSeed.Bound bound, long epoch) {
        // No room has more epochs: there is nothing left to step to.
        if (epoch - bound.epoch() >= Policy.EPOCHS_MAX) {
            return all(bound);
        }
        EpochSeed left = new EpochSeed(bound.epoch(), bound.seed()).ratchetedTo(epoch);
        return new StoredSeed.Bound(bound.name(), bound.room(), left.epoch(), left.seed());
    }

    static StoredSeed all(StoredSeed.Bound bound) {
        bound.seed().erase();
        return new StoredSeed.Erased(bound.name(), bound.room());
    }
}
