package io.sealroom.contracts;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * One 32-byte ABI word: an id, a hash or a commitment. Compares by value.
 *
 * @param w0 bytes 0 to 7, big-endian
 * @param w1 bytes 8 to 15
 * @param w2 bytes 16 to 23
 * @param w3 bytes 24 to 31
 */
public record Word(long w0, long w1, long w2, long w3) {

    public static final int LENGTH = 32;

    /** What the contract answers where nothing is recorded. */
    public static final Word ZERO = new Word(0, 0, 0, 0);

    /**
     * The word of 32 bytes.
     *
     * @throws IllegalArgumentException if {@code bytes} is not 32 long
     */
    public static Word of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("bytes must be 32 long, given " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Word(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    }

    /** Parses 64 hex digits with or without {@code 0x}. */
    public static Word fromHex(String hex) {
        return of(HexFormat.of().parseHex(hex.startsWith("0x") ? hex.substring(2) : hex));
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(LENGTH).putLong(w0).putLong(w1).putLong(w2).putLong(w3).array();
    }

    public boolean isZero() {
        return equals(ZERO);
    }

    /** Lower-case hex with {@code 0x}. */
    @Override
    public String toString() {
        return "0x" + HexFormat.of().formatHex(toBytes());
    }
}
