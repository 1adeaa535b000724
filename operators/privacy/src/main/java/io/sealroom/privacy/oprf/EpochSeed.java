package io.sealroom.privacy.oprf;

import io.sealroom.privacy.secret.HmacSha256;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.hash.Lp;
import java.util.Arrays;

/**
 * Where a ratchet stands: what a partner stores.
 *
 * @param epoch index of the epoch
 * @param seed seed(epoch), 32 bytes
 */
public record EpochSeed(long epoch, SecretBytes seed) {

    /** Ns: bytes of a seed. */
    public static final int LENGTH = P256.SCALAR_LENGTH;

    private static final byte[] RATCHET_TAG = Lp.text("sealroom/oprf-ratchet/v1");

    /**
     * @throws IllegalArgumentException if the epoch is negative or the seed not 32 bytes long
     */
    public EpochSeed {
        RoomNames.requireEpoch(epoch);
        if (seed.length() != LENGTH) {
            throw new IllegalArgumentException("seed must be 32 bytes, got " + seed.length());
        }
    }

    /**
     * Steps forward to an epoch. This seed is erased, and so is each one passed, unless it is there
     * already.
     */
    EpochSeed ratchetedTo(long to) {
        EpochSeed at = this;
        while (at.epoch < to) {
            SecretBytes next = HmacSha256.derive(at.seed, Lp.of(RATCHET_TAG, Lp.u64(at.epoch)));
            at.seed.erase();
            at = new EpochSeed(at.epoch + 1, next);
        }
        return at;
    }

    /** The same seed, to be erased by itself. */
    EpochSeed copy() {
        byte[] opened = seed.openSecret();
        EpochSeed copy = new EpochSeed(epoch, SecretBytes.copyOf(opened));
        Arrays.fill(opened, (byte) 0);
        return copy;
    }
}
