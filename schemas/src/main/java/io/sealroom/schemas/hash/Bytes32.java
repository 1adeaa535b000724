package io.sealroom.schemas.hash;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A public 32-byte value (hash, chain head, salt) as four longs: it compares by value and can be
 * part of a Flink key.
 *
 * @param w0 bytes 0 to 7, big-endian
 * @param w1 bytes 8 to 15
 * @param w2 bytes 16 to 23
 * @param w3 bytes 24 to 31
 */
public record Bytes32(long w0, long w1, long w2, long w3) implements Comparable<Bytes32> {

    public static final int LENGTH = 32;
    public static final Bytes32 ZERO = new Bytes32(0, 0, 0, 0);

    /**
     * @throws IllegalArgumentException if {@code bytes} is not 32 bytes long
     */
    public static Bytes32 of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("bytes must be 32 long, got " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Bytes32(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    }

    /** Parses 64 hex digits with or without {@code 0x}. */
    public static Bytes32 fromHex(String hex) {
        return of(HexFormat.of().parseHex(hex.startsWith("0x") ? hex.substring(2) : hex));
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(LENGTH).putLong(w0).putLong(w1).putLong(w2).putLong(w3).array();
    }

    /** Lower-case hex with {@code 0x}. */
    public String toHex() {
        return "0x" + HexFormat.of().formatHex(toBytes());
    }

    /** Unsigned lexicographic order of the bytes. */
    @Override
    public int compareTo(Bytes32 other) {
        int order = Long.compareUnsigned(w0, other.w0);
        order = order != 0 ? order : Long.compareUnsigned(w1, other.w1);
        order = order != 0 ? order : Long.compareUnsigned(w2, other.w2);
        return order != 0 ? order : Long.compareUnsigned(w3, other.w3);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
