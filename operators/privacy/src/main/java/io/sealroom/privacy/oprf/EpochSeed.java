package io.sealroom.privacy.oprf;

import io.sealroom.privacy.secret.SecretBytes;

/**
 * Where a ratchet stands: what a partner stores.
 *
 * @param epoch index of the epoch
 * @param seed seed(epoch), 32 bytes
 */
public record EpochSeed(long epoch, SecretBytes seed) {

    /** Ns: bytes of a seed. */
    public static final int LENGTH = P256.SCALAR_LENGTH;

    /**
     * @throws IllegalArgumentException if the epoch is negative or the seed not 32 bytes long
     */
    public EpochSeed {
        RoomNames.requireEpoch(epoch);
        if (seed.length() != LENGTH) {
            throw new IllegalArgumentException("seed must be 32 bytes, got " + seed.length());
        }
    }
}
