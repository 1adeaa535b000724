package io.sealroom.schemas.hash;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Solidity {@code abi.encode} of static values: one 32-byte word each. The few dynamic arrays of
 * the protocol write their offset and length as words of their own.
 */
public final class AbiWords {

    private static final BigInteger INT256_MIN = BigInteger.ONE.shiftLeft(255).negate();
    private static final BigInteger INT256_MAX =
            BigInteger.ONE.shiftLeft(255).subtract(BigInteger.ONE);
    private static final BigInteger UINT256_MAX =
            BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

    private final ByteArrayOutputStream words = new ByteArrayOutputStream();

    public AbiWords bytes32(Bytes32 value) {
        words.writeBytes(value.toBytes());
        return this;
    }

    public AbiWords address(Address value) {
        words.writeBytes(new byte[12]);
        words.writeBytes(value.toBytes());
        return this;
    }

    /**
     * @throws IllegalArgumentException if negative
     */
    public AbiWords uint(long value) {
        return uint(BigInteger.valueOf(value));
    }

    /**
     * @throws IllegalArgumentException outside [0, 2^256)
     */
    public AbiWords uint(BigInteger value) {
        if (value.signum() < 0 || value.compareTo(UINT256_MAX) > 0) {
            throw new IllegalArgumentException("value must fit uint256");
        }
        return word(value);
    }

    /**
     * @throws IllegalArgumentException outside the range of int256
     */
    public AbiWords int256(BigInteger value) {
        if (value.compareTo(INT256_MIN) < 0 || value.compareTo(INT256_MAX) > 0) {
            throw new IllegalArgumentException("value must fit int256");
        }
        return word(value);
    }

    public AbiWords bool(boolean value) {
        return uint(value ? 1 : 0);
    }

    public byte[] toBytes() {
        return words.toByteArray();
    }

    public Bytes32 keccak256() {
        return Digests.keccak256(toBytes());
    }

    private AbiWords word(BigInteger value) {
        byte[] magnitude = value.toByteArray();
        byte[] word = new byte[Bytes32.LENGTH];
        if (value.signum() < 0) {
            Arrays.fill(word, (byte) 0xff);
        }
        int length = Math.min(magnitude.length, Bytes32.LENGTH);
        System.arraycopy(
                magnitude, magnitude.length - length, word, Bytes32.LENGTH - length, length);
        words.writeBytes(word);
        return this;
    }
}
