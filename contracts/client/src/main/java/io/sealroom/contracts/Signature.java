package io.sealroom.contracts;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a signature as they go to the contract; compares by value. A valid one is 65 bytes,
 * r || s || v with low s and v 27 or 28, but only the contract judges that.
 */
public final class Signature {

    /** No bytes: for totals that the contract holds already. */
    public static final Signature NONE = new Signature(new byte[0]);

    public static final int LENGTH = 65;

    private final byte[] bytes;

    private Signature(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Signature of(byte[] bytes) {
        return new Signature(bytes.clone());
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Signature that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Hex with {@code 0x}: a signature is public. */
    @Override
    public String toString() {
        return "0x" + HexFormat.of().formatHex(bytes);
    }
}
