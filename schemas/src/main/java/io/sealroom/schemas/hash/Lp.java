package io.sealroom.schemas.hash;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Length-prefixed concatenation: {@code u32(length) || field} for every field, so that no two lists
 * of fields have the same bytes.
 */
public final class Lp {

    private Lp() {}

    /** The concatenation of {@code u32(length of field) || field}. */
    public static byte[] of(byte[]... fields) {
        int size = 0;
        for (byte[] field : fields) {
            size = Math.addExact(size, Math.addExact(Integer.BYTES, field.length));
        }
        ByteBuffer buffer = ByteBuffer.allocate(size);
        for (byte[] field : fields) {
            buffer.putInt(field.length).put(field);
        }
        return buffer.array();
    }

    public static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @throws IllegalArgumentException outside 0 to 255
     */
    public static byte[] u8(int value) {
        if (value < 0 || value > 0xff) {
            throw new IllegalArgumentException("value must be in [0, 255], got " + value);
        }
        return new byte[] {(byte) value};
    }

    /** Four bytes, big-endian; the int is taken as unsigned. */
    public static byte[] u32(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    /** Eight bytes, big-endian; the long is taken as unsigned. */
    public static byte[] u64(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
