package io.sealroom.privacy.oprf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.raw.Nat;
import org.bouncycastle.math.raw.Nat256;

/**
 * Products of points, each with a secret scalar, in time that does not depend on the scalars. The
 * library's own are not used, not even for one point: every second sum of coordinates in them takes
 * a branch ({@link P256Field}), and the nonce of a proof is worth as much as the key.
 *
 * <p>Signed windows of fixed width whose digits are all odd, so that every window costs the same
 * doublings and one addition and no digit is zero; the table of odd multiples is read in full at
 * every look-up, and the sign is applied by masks. All points take each step together ({@link
 * AffineSteps}), which is what makes it faster than one after another.
 */
final class SecretProducts {

    /** Bits of a window: one more doubles the table and saves a sixth of the additions. */
    private static final int WIDTH = 5;

    /** Odd multiples 1, 3, ... 2^width - 1. */
    private static final int TABLE = 1 << (WIDTH - 1);

    /** Words of a point: x, then y. */
    private static final int POINT = 2 * AffineLanes.WORDS;

    /** Enough to forget the shared inversion, few enough for the tables to stay in the cache. */
    private static final int LANES_MAX = 256;

    private final AffineLanes points;
    private final AffineSteps steps;
    private final byte[][] digits;

    private SecretProducts(List<ECPoint> points, List<SecretScalar> scalars) {
        this.points = AffineLanes.of(points);
        this.steps = new AffineSteps(points.size());
        this.digits = new byte[points.size()][];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = OddDigits.of(scalars.get(i), WIDTH);
        }
    }

    /**
     * {@code scalars[i] * points[i]}, affine.
     *
     * @param points affine, as many as scalars
     * @throws IllegalArgumentException if a point is the identity
     * @throws IllegalStateException if a scalar has been erased
     */
    static List<ECPoint> multiply(List<ECPoint> points, List<SecretScalar> scalars) {
        if (points.stream().anyMatch(ECPoint::isInfinity)) {
            throw new IllegalArgumentException("a point must not be the identity");
        }
        List<ECPoint> products = new ArrayList<>(points.size());
        for (int from = 0; from < points.size(); from += LANES_MAX) {
            int to = Math.min(points.size(), from + LANES_MAX);
            List<ECPoint> some = points.subList(from, to);
            List<SecretScalar> theirs = scalars.subList(from, to);
            products.addAll(inLanes(some, theirs));
        }
        return products;
    }

    private static List<ECPoint> inLanes(List<ECPoint> points, List<SecretScalar> scalars) {
        AffineLanes lanes = new SecretProducts(points, scalars).products();
        List<ECPoint> products = new ArrayList<>(lanes.size());
        for (int i = 0; i < lanes.size(); i++) {
            // Checked to be on the curve: a wrong product could say something about its scalar.
            products.add(lanes.point(i));
        }
        return products;
    }

    private AffineLanes products() {
        int[][] tables = oddMultiples();
        AffineLanes sum = new AffineLanes(points.size());
        AffineLanes term = new AffineLanes(points.size());
        int window = OddDigits.count(WIDTH) - 1;
        lookUp(tables, window, sum);
        while (window-- > 0) {
            for (int bit = 0; bit < WIDTH; bit++) {
                steps.twice(sum);
            }
            lookUp(tables, window, term);
            // Sum and term are equal only in the last window and for 2d or n - 2d as the scalar, d
            // a digit: nobody draws such a key. They are never opposite, as no scalar is zero.
            steps.add(sum, term);
        }
        for (byte[] secret : digits) {
            Arrays.fill(secret, (byte) 0);
        }
        return sum;
    }

    /** For every lane, its table: the words of the odd multiples in a row. */
    private int[][] oddMultiples() {
        int[][] tables = new int[points.size()][TABLE * POINT];
        AffineLanes twice = points.copy();
        steps.twice(twice);
        AffineLanes multiple = points.copy();
        for (int entry = 0; entry < TABLE; entry++) {
            if (entry > 0) {
                steps.add(multiple, twice);
            }
            for (int i = 0; i < tables.length; i++) {
                int at = entry * POINT;
                Nat256.copy(multiple.x(i), 0, tables[i], at);
                Nat256.copy(multiple.y(i), 0, tables[i], at + AffineLanes.WORDS);
            }
        }
        return tables;
    }

    /** {@code found[i] = digit * points[i]}, for each lane's digit of the window. */
    private void lookUp(int[][] tables, int window, AffineLanes found) {
        int[] negated = new int[AffineLanes.WORDS];
        for (int i = 0; i < tables.length; i++) {
            int digit = digits[i][window];
            int sign = digit >> 31;
            int magnitude = (digit ^ sign) - sign;
            read(tables[i], magnitude >>> 1, found.x(i), found.y(i));
            P256Field.negate(found.y(i), negated);
            Nat.cmov(AffineLanes.WORDS, sign, negated, 0, found.y(i), 0);
        }
    }

    private static void read(int[] table, int entry, int[] x, int[] y) {
        Arrays.fill(x, 0);
        Arrays.fill(y, 0);
        for (int i = 0; i < TABLE; i++) {
            // All ones at the entry, else zero.
            int mask = ((i ^ entry) - 1) >> 31;
            int at = i * POINT;
            for (int word = 0; word < AffineLanes.WORDS; word++) {
                x[word] |= table[at + word] & mask;
                y[word] |= table[at + AffineLanes.WORDS + word] & mask;
            }
        }
    }
}
