package io.sealroom.privacy.attribution;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which records of one token stand. Of several with one key the one with the smallest (time,
 * SHA-256 of the record) does: among conversions of the epoch, among exposures of the slice. An
 * identical twin of an exposure has the same time, so it is in the same slice or late; looking
 * further back would keep every exposure's id for an epoch.
 *
 * @param sliceMillis length of a slice
 */
public record Duplicates(long sliceMillis) {

    public Duplicates {
        if (sliceMillis <= 0) {
            throw new IllegalArgumentException("sliceMillis must be positive, got " + sliceMillis);
        }
    }

    /** An exposure's key within its slice. */
    private record SliceKey(long slice, EventKey key) {}

    /**
     * The standing ones, by (time, digest).
     *
     * @param events records of one token in one epoch: one or more whole slices, all later than the
     *     slices that were given before
     * @param conversions those that stood earlier in the epoch; the new ones are added
     */
    public <T> List<StampedEvent<T>> standing(
            Collection<StampedEvent<T>> events, ConversionIds conversions) {
        List<StampedEvent<T>> sorted = new ArrayList<>(events);
        sorted.sort(StampedEvent.PRECEDENCE);
        Set<SliceKey> exposures = new HashSet<>();
        List<StampedEvent<T>> standing = new ArrayList<>(sorted.size());
        for (StampedEvent<T> event : sorted) {
            long slice = Math.floorDiv(event.time(), sliceMillis);
            boolean first =
                    event.key().conversion()
                            ? conversions.add(event.key())
                            : exposures.add(new SliceKey(slice, event.key()));
            if (first) {
                standing.add(event);
            }
        }
        return standing;
    }
}
