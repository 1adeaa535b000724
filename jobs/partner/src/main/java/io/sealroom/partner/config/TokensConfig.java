package io.sealroom.partner.config;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How tokens of a live room are asked for and kept.
 *
 * @param fixedCadence time from one batch to the next; null to let it follow from the quota
 * @param batch elements of a batch, padding included
 * @param cacheEntries tokens of one epoch kept in memory at most
 * @param cacheOnDisk whether tokens are kept, encrypted, in the state directory too
 */
public record TokensConfig(
        @Nullable Duration fixedCadence, int batch, int cacheEntries, boolean cacheOnDisk) {

    /** What an empty configuration means. */
    public static final TokensConfig DEFAULT = new TokensConfig(null, 64, 1_000_000, true);

    /** Time from one batch to the next, if it is fixed. */
    public Optional<Duration> cadence() {
        return Optional.ofNullable(fixedCadence);
    }
}
