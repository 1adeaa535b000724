package io.sealroom.privacy.oprf;

import io.sealroom.privacy.secret.KeyFileException;
import io.sealroom.privacy.secret.OprfSeedFile;
import io.sealroom.privacy.secret.StoredSeed;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A partner's seed file in the one room that it serves. It follows the ratchet: what is erased here
 * cannot be had from the file either. Safe for use by several threads; of two processes the one
 * that erases more prevails.
 */
public final class SeedStore {

    private final Path file;
    private final String room;
    private final long firstEpoch;
    private final long lastEpoch;
    private StoredSeed stored;

    private SeedStore(Path file, Policy policy, StoredSeed stored) {
        this.file = file;
        this.room = policy.room();
        this.firstEpoch = policy.firstEpoch();
        this.lastEpoch = policy.lastEpoch();
        this.stored = stored;
    }

    /**
     * Changes nothing yet: a fresh seed is bound to the room by {@link #bind}.
     *
     * @param partner whose seed it must be
     * @throws KeyFileException if the file cannot be used, or is another partner's or room's
     * @throws IOException if it cannot be read
     */
    public static SeedStore open(Path file, String partner, Policy policy) throws IOException {
        return new SeedStore(
                file, policy, own(file, OprfSeedFile.read(file), partner, policy.room()));
    }

    private static StoredSeed own(Path file, StoredSeed stored, String partner, String room)
            throws KeyFileException {
        if (!stored.name().equals(partner)) {
            throw KeyFileException.of(file, "belongs to %s, not to %s", stored.name(), partner);
        }
        // A seed that served two rooms could be erased for neither before the other had ended.
        if (stored instanceof StoredSeed.Bound bound && !bound.room().equals(room)) {
            throw otherRoom(file, bound.room(), room);
        }
        if (stored instanceof StoredSeed.Erased erased && !erased.room().equals(room)) {
            throw otherRoom(file, erased.room(), room);
        }
        return stored;
    }

    private static KeyFileException otherRoom(Path file, String bound, String room) {
        return KeyFileException.of(
                file,
                "serves the room %s, not %s: every room has a seed of its own, which 'sealroom keys"
                        + " seed' makes",
                bound,
                room);
    }

    /** The partner whose seed it is. */
    public synchronized String partner() {
        return stored.name();
    }

    /**
     * Binds a fresh seed to the room, durably; one that is bound stays as it is.
     *
     * @throws KeyFileException if it has been bound to another room meanwhile
     * @throws IOException if the file cannot be replaced
     */
    public synchronized void bind() throws IOException {
        change(present -> present instanceof StoredSeed.Unbound fresh ? bound(fresh) : present);
    }

    private StoredSeed.Bound bound(StoredSeed.Unbound fresh) {
        return new StoredSeed.Bound(fresh.name(), room, firstEpoch, fresh.seed());
    }

    /** From what the file has now: another process may have bound it, or erased more. */
    private void change(OprfSeedFile.Step step) throws IOException {
        StoredSeed passed = stored;
        stored =
                OprfSeedFile.change(
                        file, present -> step.next(own(file, present, passed.name(), room)));
        forget(passed);
    }

    /** The shares that can still be had; the caller's own, to be erased by themselves. */
    public synchronized EpochKeys keys() {
        if (stored instanceof StoredSeed.Unbound unbound) {
            return keys(new EpochSeed(firstEpoch, unbound.seed()));
        }
        // Beyond the room's end if whoever erased it did not know the policy.
        return stored instanceof StoredSeed.Bound bound && bound.epoch() <= lastEpoch
                ? keys(new EpochSeed(bound.epoch(), bound.seed()))
                : EpochKeys.erased(room, lastEpoch);
    }

    private EpochKeys keys(EpochSeed seed) {
        return EpochKeys.of(room, seed.copy().ratchetedTo(firstEpoch), lastEpoch);
    }

    /**
     * The shares of all epochs of the room, as the ceremony needs them.
     *
     * @throws KeyFileException if the first of them has been erased
     */
    EpochKeys keysOfAllEpochs() throws KeyFileException {
        EpochKeys keys = keys();
        if (keys.share(firstEpoch).isEmpty()) {
            throw KeyFileException.of(
                    file,
                    "has passed epoch %d, the first of the room: keys can be approved and revealed"
                            + " only before its share is erased",
                    firstEpoch);
        }
        return keys;
    }

    /**
     * Erases the seeds before an epoch, in the file and here; one after the room's last leaves
     * nothing. An epoch already passed changes nothing.
     *
     * @throws IOException if the file cannot be replaced
     */
    public synchronized void eraseBefore(long epoch) throws IOException {
        change(present -> before(present, epoch));
    }

    private StoredSeed before(StoredSeed present, long epoch) {
        if (present instanceof StoredSeed.Erased) {
            return present;
        }
        StoredSeed.Bound from =
                present instanceof StoredSeed.Unbound fresh
                        ? bound(fresh)
                        : (StoredSeed.Bound) present;
        if (epoch > lastEpoch) {
            return SeedErasing.all(from);
        }
        return epoch > from.epoch() ? SeedErasing.before(from, epoch) : present;
    }

    private static void forget(StoredSeed passed) {
        if (passed instanceof StoredSeed.Unbound unbound) {
            unbound.seed().erase();
        } else if (passed instanceof StoredSeed.Bound bound) {
            bound.seed().erase();
        }
    }

    @Override
    public synchronized String toString() {
        return "SeedStore[" + stored.name() + ", " + room + ", redacted]";
    }
}
