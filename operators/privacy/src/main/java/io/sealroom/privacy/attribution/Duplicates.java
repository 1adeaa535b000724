package io.sealroom.privacy.attribution;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

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

    /**
     * The standing ones, by (time, digest).
     *
     * @param events records of one token in one epoch: one or more whole slices, all later than the
     *     slices that were given before
     * @param conversions those that stood earlier in the epoch; the new ones are added
     */
    public <T> List<StampedEvent<T>> standing(
            Collection<StampedEvent<T>> events, ConversionIds conversions) {
        // Sorted so that records of one key are neighbours, and not hashed: a partner chooses its
        // ids, and could choose many of one hash.
        List<StampedEvent<T>> sorted = new ArrayList<>(events);
        Comparator<StampedEvent<?>> byKey = this::compareKeys;
        sorted.sort(byKey.thenComparing(StampedEvent.PRECEDENCE));
        List<StampedEvent<T>> standing = new ArrayList<>(sorted.size());
        List<EventKey> added = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            StampedEvent<T> event = sorted.get(i);
            if (i > 0 && byKey.compare(sorted.get(i - 1), event) == 0) {
                continue;
            }
            if (event.key().conversion()) {
                if (conversions.contains(event.key())) {
                    continue;
                }
                added.add(event.key());
            }
            standing.add(event);
        }
        conversions.addAll(added);
        standing.sort(StampedEvent.PRECEDENCE);
        return standing;
    }

    /** 0 for records of one key, which for exposures goes with the slice. */
    private int compareKeys(StampedEvent<?> a, StampedEvent<?> b) {
        int order = EventKey.ORDER.compare(a.key(), b.key());
        return order != 0 || a.key().conversion()
                ? order
                : Long.compare(
                        Math.floorDiv(a.time(), sliceMillis), Math.floorDiv(b.time(), sliceMillis));
    }
}
