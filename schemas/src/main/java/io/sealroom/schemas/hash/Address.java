package io.sealroom.schemas.hash;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * An EVM address.
 *
 * @param hex 40 lower-case hex digits with {@code 0x}
 */
public record Address(String hex) {

    public static final int LENGTH = 20;
    private static final Pattern FORM = Pattern.compile("0x[0-9a-f]{40}");

    public Address {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("address must be 0x and 40 lower-case hex digits");
        }
    }

    public static Address of(byte[] bytes) {
        return new Address("0x" + HexFormat.of().formatHex(bytes));
    }

    public byte[] toBytes() {
        return HexFormat.of().parseHex(hex, 2, hex.length());
    }

    @Override
    public String toString() {
        return hex;
    }
}
