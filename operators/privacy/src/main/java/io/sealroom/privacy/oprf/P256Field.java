package io.sealroom.privacy.oprf;

import org.bouncycastle.math.ec.custom.sec.SecP256R1Field;
import org.bouncycastle.math.raw.Nat256;

/**
 * Sums and differences modulo the prime of P-256's coordinates in time that does not depend on
 * them. Bouncy Castle's {@link SecP256R1Field} branches on the carry, which every second sum has:
 * the coordinates on the way to a secret multiple of a point that somebody else has chosen would
 * show in the time. Its products are used: their branches are taken once in about 2^28 times.
 *
 * <p>Numbers are 8 words of 32 bits, the least significant first, below the prime; results may
 * overwrite arguments.
 */
final class P256Field {

    private static final long MASK = 0xffffffffL;
    private static final int[] PRIME = Nat256.fromBigInteger(P256.FIELD);
    private static final int[] ZERO = Nat256.create();

    private P256Field() {}

    static void add(int[] x, int[] y, int[] sum) {
        foldIn(Nat256.add(x, y, sum), sum);
        // Without a carry the sum may still not be below the prime: once in 2^32 times.
        if (sum[7] == -1 && Nat256.gte(sum, PRIME)) {
            foldIn(1, sum);
        }
    }

    static void subtract(int[] x, int[] y, int[] difference) {
        foldIn(Nat256.sub(x, y, difference), difference);
    }

    static void negate(int[] x, int[] negated) {
        subtract(ZERO, x, negated);
    }

    /**
     * Adds {@code ninth * 2^256}, which is {@code ninth * (2^224 - 2^192 - 2^96 + 1)}.
     *
     * @param ninth carry or borrow: 1, 0 or -1
     */
    private static void foldIn(long ninth, int[] z) {
        long sum = (z[0] & MASK) + ninth;
        z[0] = (int) sum;
        sum = (sum >> 32) + (z[1] & MASK);
        z[1] = (int) sum;
        sum = (sum >> 32) + (z[2] & MASK);
        z[2] = (int) sum;
        sum = (sum >> 32) + (z[3] & MASK) - ninth;
        z[3] = (int) sum;
        sum = (sum >> 32) + (z[4] & MASK);
        z[4] = (int) sum;
        sum = (sum >> 32) + (z[5] & MASK);
        z[5] = (int) sum;
        sum = (sum >> 32) + (z[6] & MASK) - ninth;
        z[6] = (int) sum;
        z[7] += (int) (sum >> 32) + (int) ninth;
    }
}
