package io.sealroom.privacy.oprf;

import java.util.Arrays;
import org.bouncycastle.util.BigIntegers;

/**
 * A secret scalar in signed digits that are all odd, in time that does not depend on it: of {@code
 * k}, or of {@code k + n} where k is even, which multiplies points just as well.
 *
 * <p>Digit i stands for {@code digit * 2^(width * i)}. With {@code k(0)} the odd scalar and {@code
 * k(i + 1) = (k(i) - digit(i)) / 2^width} still odd, {@code digit(i) = k(i) mod 2^(width + 1) -
 * 2^width}. That makes {@code k(i)} the scalar shifted right by {@code width * i} bits with its
 * last bit set, so every digit can be read off on its own and nothing is carried.
 */
final class OddDigits {

    /** Of {@code k + n}. */
    private static final int BITS = 8 * P256.SCALAR_LENGTH + 1;

    private static final byte[] ORDER =
            BigIntegers.asUnsignedByteArray(P256.SCALAR_LENGTH, P256.ORDER);

    private OddDigits() {}

    /** Digits of any scalar. */
    static int count(int width) {
        return (BITS + width - 1) / width;
    }

    /**
     * Digits in (-2^width, 2^width), the least significant first, the last positive. Secret: zero
     * them after use.
     *
     * @param width bits of a digit, 2 to 6
     */
    static byte[] of(SecretScalar scalar, int width) {
        byte[] odd = odd(scalar);
        byte[] digits = new byte[count(width)];
        int last = digits.length - 1;
        for (int i = 0; i <= last; i++) {
            int bit = width * i;
            int bits = (odd[bit >>> 3] & 0xff) | (odd[(bit >>> 3) + 1] & 0xff) << 8;
            int shifted = (bits >>> (bit & 7) & ((2 << width) - 1)) | 1;
            digits[i] = (byte) (i == last ? shifted : shifted - (1 << width));
        }
        Arrays.fill(odd, (byte) 0);
        return digits;
    }

    /** The scalar, or it plus n if it is even; least significant byte first, a zero on top. */
    private static byte[] odd(SecretScalar scalar) {
        byte[] k = scalar.openSecretBytes();
        int ifEven = (k[P256.SCALAR_LENGTH - 1] & 1) - 1;
        byte[] odd = new byte[P256.SCALAR_LENGTH + 2];
        int carry = 0;
        for (int i = 0; i < P256.SCALAR_LENGTH; i++) {
            int place = P256.SCALAR_LENGTH - 1 - i;
            carry += (k[place] & 0xff) + (ORDER[place] & 0xff & ifEven);
            odd[i] = (byte) carry;
            carry >>>= 8;
        }
        odd[P256.SCALAR_LENGTH] = (byte) carry;
        Arrays.fill(k, (byte) 0);
        return odd;
    }
}
