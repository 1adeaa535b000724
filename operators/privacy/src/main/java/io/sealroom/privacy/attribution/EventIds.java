package io.sealroom.privacy.attribution;

/** Event ids are 16 bytes, compared as unsigned big-endian numbers. */
final class EventIds {

    private EventIds() {}

    static int compare(long high, long low, long otherHigh, long otherLow) {
        int order = Long.compareUnsigned(high, otherHigh);
        return order != 0 ? order : Long.compareUnsigned(low, otherLow);
    }
}
