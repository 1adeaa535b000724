package io.sealroom.schemas.hash;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable public byte string (signature, curve point, ciphertext) that compares by value. */
public final class Bytes {

    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    public static Bytes of(byte[] content) {
        return new Bytes(content.clone());
    }

    public static Bytes fromHex(String hex) {
        return new Bytes(HexFormat.of().parseHex(hex.startsWith("0x") ? hex.substring(2) : hex));
    }

    public int length() {
        return content.length;
    }

    public byte[] toBytes() {
        return content.clone();
    }

    /** Lower-case hex with {@code 0x}. */
    public String toHex() {
        return "0x" + HexFormat.of().formatHex(content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
