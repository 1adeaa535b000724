package io.sealroom.privacy.seal;

import io.sealroom.schemas.hash.Bytes32;

/**
 * A valid seal that a partition holds: the first for its slices, so the one that stands.
 *
 * @param from first slice start, epoch milliseconds
 * @param to end of the last slice, exclusive
 * @param content EIP-712 struct hash of the seal. Not that of its bytes: ECDSA has many signatures
 *     for one content, and a second signature is no second statement
 * @param offset of the record
 */
public record StandingSeal(long from, long to, Bytes32 content, long offset) {

    /** Whether the seal covers a slice of [otherFrom, otherTo). */
    boolean overlaps(long otherFrom, long otherTo) {
        return Math.max(from, otherFrom) < Math.min(to, otherTo);
    }
}
