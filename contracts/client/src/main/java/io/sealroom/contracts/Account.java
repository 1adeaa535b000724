package io.sealroom.contracts;

import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An address on the chain: of a key or of a contract. Ordered as the contract orders signers.
 *
 * @param hex 40 lower-case hex digits with {@code 0x}; upper case (EIP-55) is folded
 */
public record Account(String hex) implements Comparable<Account> {

    private static final Pattern FORM = Pattern.compile("0x[0-9a-f]{40}");

    public Account {
        hex = hex.toLowerCase(Locale.ROOT);
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("account must be 0x and 40 hex digits");
        }
    }

    /** The account of 20 bytes. */
    public static Account of(byte[] bytes) {
        return new Account("0x" + HexFormat.of().formatHex(bytes));
    }

    public byte[] toBytes() {
        return HexFormat.of().parseHex(hex, 2, hex.length());
    }

    @Override
    public int compareTo(Account other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
