package io.sealroom.privacy.oprf;

import java.math.BigInteger;
import org.bouncycastle.math.raw.Nat;
import org.bouncycastle.math.raw.Nat256;
import org.bouncycastle.util.Pack;

/**
 * Arithmetic modulo the group order on secret numbers: neither a branch nor an address depends on
 * their values. {@code BigInteger} cannot promise that: its products and remainders take the time
 * that the digits ask for, and the response of a proof is made with the key itself.
 *
 * <p>One doubling for each bit is slow next to a product of words, but a batch needs one number.
 */
final class ScalarField {

    private static final int WORDS = P256.SCALAR_LENGTH / Integer.BYTES;
    private static final int[] ORDER = Nat256.fromBigInteger(P256.ORDER);

    private ScalarField() {}

    /**
     * {@code addend + factor * secret} modulo n; the time depends on the factor.
     *
     * @param factor public, not negative
     * @param secret 32 bytes, big-endian, below n
     * @param addend 32 bytes, big-endian, below n
     * @return 32 bytes, big-endian
     */
    static byte[] plusProduct(byte[] addend, BigInteger factor, byte[] secret) {
        int[] multiplicand = words(secret);
        int[] product = Nat256.create();
        for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
            product = add(product, product);
            if (factor.testBit(bit)) {
                product = add(product, multiplicand);
            }
        }
        return bytes(add(words(addend), product));
    }

    /**
     * A number modulo n.
     *
     * @param wide secret, big-endian, any length
     * @return 32 bytes, big-endian
     */
    static byte[] reduce(byte[] wide) {
        int[] reduced = Nat256.create();
        int[] next = Nat256.create();
        for (byte eightBits : wide) {
            for (int bit = Byte.SIZE - 1; bit >= 0; bit--) {
                next[0] = (eightBits >>> bit) & 1;
                reduced = add(add(reduced, reduced), next);
            }
        }
        return bytes(reduced);
    }

    /** The sum modulo n of two numbers below n, least significant word first. */
    private static int[] add(int[] left, int[] right) {
        int[] sum = Nat256.create();
        int[] less = Nat256.create();
        int carry = Nat256.add(left, right, sum);
        int borrow = Nat256.sub(sum, ORDER, less);
        // The borrow is 0 or -1. The sum is not below n if it has a carry, or if nothing was
        // borrowed to take n from it.
        Nat.cmov(WORDS, carry | (borrow + 1), less, 0, sum, 0);
        return sum;
    }

    private static int[] words(byte[] number) {
        int[] words = Nat256.create();
        for (int i = 0; i < WORDS; i++) {
            words[WORDS - 1 - i] = Pack.bigEndianToInt(number, i * Integer.BYTES);
        }
        return words;
    }

    private static byte[] bytes(int[] words) {
        byte[] number = new byte[P256.SCALAR_LENGTH];
        for (int i = 0; i < WORDS; i++) {
            Pack.intToBigEndian(words[WORDS - 1 - i], number, i * Integer.BYTES);
        }
        return number;
    }
}
