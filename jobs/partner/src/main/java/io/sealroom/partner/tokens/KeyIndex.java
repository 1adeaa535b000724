package io.sealroom.partner.tokens;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Where the token of a key is on disk. Open addressing over three arrays of longs, at most 60 %
 * full: 40 to 80 bytes a key, where a map of objects takes 150. Keys are outputs of a keyed hash,
 * so their own bits spread them. Not safe for use by several threads.
 */
final class KeyIndex {

    private static final int CAPACITY_FIRST = 1 << 10;
    private static final long EMPTY = -1;

    private long[] highs = new long[CAPACITY_FIRST];
    private long[] lows = new long[CAPACITY_FIRST];
    private long[] locations = emptyLocations(CAPACITY_FIRST);
    private int size;

    OptionalLong find(CacheKey key) {
        long location = locations[place(key.high(), key.low())];
        return location == EMPTY ? OptionalLong.empty() : OptionalLong.of(location);
    }

    /**
     * Replaces what was there.
     *
     * @param location not negative
     */
    void put(CacheKey key, long location) {
        if (size + 1 > locations.length / 5 * 3) {
            grow();
        }
        int place = place(key.high(), key.low());
        if (locations[place] == EMPTY) {
            size++;
        }
        set(place, key.high(), key.low(), location);
    }

    private void set(int place, long high, long low, long location) {
        highs[place] = high;
        lows[place] = low;
        locations[place] = location;
    }

    /** The key's own place, or the free one where it would go. */
    private int place(long high, long low) {
        int mask = locations.length - 1;
        int place = (int) low & mask;
        while (locations[place] != EMPTY && (highs[place] != high || lows[place] != low)) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldHighs = highs;
        long[] oldLows = lows;
        long[] oldLocations = locations;
        int capacity = Math.multiplyExact(oldLocations.length, 2);
        highs = new long[capacity];
        lows = new long[capacity];
        locations = emptyLocations(capacity);
        for (int i = 0; i < oldLocations.length; i++) {
            if (oldLocations[i] != EMPTY) {
                set(place(oldHighs[i], oldLows[i]), oldHighs[i], oldLows[i], oldLocations[i]);
            }
        }
    }

    private static long[] emptyLocations(int capacity) {
        long[] locations = new long[capacity];
        Arrays.fill(locations, EMPTY);
        return locations;
    }
}
