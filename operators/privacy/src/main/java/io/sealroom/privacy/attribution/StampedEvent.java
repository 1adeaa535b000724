package io.sealroom.privacy.attribution;

import io.sealroom.schemas.hash.Bytes32;
import java.util.Comparator;

/**
 * A record of one token with what decides between duplicates.
 *
 * @param key which event it claims to be
 * @param time event time, epoch milliseconds
 * @param digest SHA-256 of the record's bytes
 * @param event what the caller makes of it
 */
public record StampedEvent<T>(EventKey key, long time, Bytes32 digest, T event) {

    /** The smaller stands. Records that compare equal have the same bytes: either may stand. */
    static final Comparator<StampedEvent<?>> PRECEDENCE =
            Comparator.<StampedEvent<?>>comparingLong(StampedEvent::time)
                    .thenComparing(StampedEvent::digest);
}
