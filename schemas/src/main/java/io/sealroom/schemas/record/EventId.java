package io.sealroom.schemas.record;

import java.nio.ByteBuffer;

/**
 * 16 bytes that name an event within its partner: a keyed hash of the partner's own id.
 *
 * @param high bytes 0 to 7, big-endian
 * @param low bytes 8 to 15
 */
public record EventId(long high, long low) implements Comparable<EventId> {

    public static final int LENGTH = 16;

    /**
     * @throws IllegalArgumentException if {@code bytes} is not 16 bytes long
     */
    public static EventId of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("bytes must be 16 long, got " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new EventId(buffer.getLong(), buffer.getLong());
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(LENGTH).putLong(high).putLong(low).array();
    }

    /** Unsigned order of the bytes. */
    @Override
    public int compareTo(EventId other) {
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }
}
