package io.sealroom.privacy.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A partner's OPRF seed of one room, in a file of its own that only its owner may read: it is
 * replaced as epochs pass, and the keys in the key file are not.
 *
 * <pre>{"version": 1, "role": "oprf-seed", "name": "publisher", "room": "spring", "epoch": 731,
 *  "seed": "0x..."}</pre>
 *
 * <p>A fresh file has null for room and epoch; one that is erased, null for epoch and seed.
 */
public final class OprfSeedFile {

    static final String ROOM = "room";
    static final String EPOCH = "epoch";

    private static final String ROLE = "oprf-seed";
    private static final String SEED = "seed";

    private OprfSeedFile() {}

    /** Decides what becomes of a seed. */
    @FunctionalInterface
    public interface Step {

        /**
         * What is to be there.
         *
         * @param present as it was read just now
         * @return the same object if nothing is to change
         */
        StoredSeed next(StoredSeed present) throws IOException;
    }

    /**
     * Reads the file, decides and replaces it, alone among all threads and processes: nobody writes
     * back what another has erased. Whatever a run that was killed has left of a seed is cleared
     * too. The bytes that were there are overwritten with zeros; a file system that copies on
     * write, a flash disk and a backup may keep them.
     *
     * @return what is there now
     * @throws KeyFileException if it is not a seed file, or others have any access to it
     * @throws IOException if it cannot be read or written; the file is as before then, or already
     *     replaced
     */
    public static StoredSeed change(Path file, Step step) throws IOException {
        return OwnerOnlyFile.alone(
                file,
                () -> {
                    StoredSeed present = read(file);
                    OwnerOnlyFile.clear(file);
                    StoredSeed next = step.next(present);
                    if (next != present) {
                        replace(file, next);
                    }
                    return next;
                });
    }

    /**
     * @throws KeyFileException if it is not a seed file, or others have any access to it
     * @throws IOException if it cannot be read
     */
    public static StoredSeed read(Path file) throws IOException {
        JsonNode root =
                SecretJson.parse(file, OwnerOnlyFile.read(file), ROLE, List.of(ROOM, EPOCH, SEED));
        String name = SecretJson.name(file, root, "name");
        if (isNull(file, root, ROOM)) {
            if (!isNull(file, root, EPOCH)) {
                throw KeyFileException.of(file, "epoch must be null while room is");
            }
            return new StoredSeed.Unbound(name, SecretJson.secret(file, root, SEED));
        }
        String room = SecretJson.name(file, root, ROOM);
        if (isNull(file, root, SEED)) {
            if (!isNull(file, root, EPOCH)) {
                throw KeyFileException.of(file, "epoch must be null if seed is");
            }
            return new StoredSeed.Erased(name, room);
        }
        return new StoredSeed.Bound(
                name, room, epoch(file, root), SecretJson.secret(file, root, SEED));
    }

    /**
     * Writes a new file with mode 600.
     *
     * @throws KeyFileException if the file exists
     * @throws IOException if it cannot be written
     */
    public static void create(Path file, StoredSeed seed) throws IOException {
        byte[] text = text(seed);
        try {
            OwnerOnlyFile.create(file, text);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    /** Puts what is left in the place of what was there; for {@link #change}. */
    static void replace(Path file, StoredSeed seed) throws IOException {
        byte[] text = text(seed);
        try {
            OwnerOnlyFile.replace(file, text);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    static long epoch(Path file, JsonNode root) throws KeyFileException {
        JsonNode epoch = root.path(EPOCH);
        if (!epoch.isIntegralNumber() || !epoch.canConvertToLong() || epoch.longValue() < 0) {
            throw KeyFileException.of(file, "epoch must be an integer, not negative");
        }
        return epoch.longValue();
    }

    static boolean isNull(Path file, JsonNode root, String field) throws KeyFileException {
        if (!root.has(field)) {
            throw KeyFileException.of(file, "%s is missing", field);
        }
        return root.path(field).isNull();
    }

    private static byte[] text(StoredSeed stored) throws IOException {
        ObjectNode root = SecretJson.object(ROLE, stored.name());
        root.putNull(ROOM).putNull(EPOCH).putNull(SEED);
        if (stored instanceof StoredSeed.Unbound unbound) {
            SecretJson.put(root, SEED, unbound.seed());
        } else if (stored instanceof StoredSeed.Bound bound) {
            root.put(ROOM, bound.room()).put(EPOCH, bound.epoch());
            SecretJson.put(root, SEED, bound.seed());
        } else if (stored instanceof StoredSeed.Erased erased) {
            root.put(ROOM, erased.room());
        }
        return SecretJson.text(root);
    }
}
