package io.sealroom.privacy.oprf;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.custom.sec.SecP256R1Field;
import org.bouncycastle.math.raw.Nat256;

/**
 * Points in affine coordinates, none the identity, each coordinate as the words that Bouncy
 * Castle's field works on: what {@link AffineSteps} doubles and adds in place.
 */
final class AffineLanes {

    /** Words of 32 bits of a coordinate, least significant first. */
    static final int WORDS = 8;

    private final int[][] x;
    private final int[][] y;

    private AffineLanes(int[][] x, int[][] y) {
        this.x = x;
        this.y = y;
    }

    AffineLanes(int lanes) {
        this(new int[lanes][WORDS], new int[lanes][WORDS]);
    }

    /** The first lanes of these coordinates, whose words are shared, not copied. */
    static AffineLanes of(int[][] x, int[][] y, int lanes) {
        return new AffineLanes(Arrays.copyOf(x, lanes), Arrays.copyOf(y, lanes));
    }

    /**
     * @param points affine
     * @throws IllegalArgumentException if one is the identity, which has no coordinates
     */
    static AffineLanes of(List<ECPoint> points) {
        AffineLanes lanes = new AffineLanes(points.size());
        for (int i = 0; i < lanes.size(); i++) {
            ECPoint point = points.get(i);
            if (point.isInfinity()) {
                throw new IllegalArgumentException("a point must not be the identity");
            }
            lanes.x[i] = words(point.getAffineXCoord().toBigInteger());
            lanes.y[i] = words(point.getAffineYCoord().toBigInteger());
        }
        return lanes;
    }

    AffineLanes copy() {
        AffineLanes copy = new AffineLanes(size());
        for (int i = 0; i < size(); i++) {
            copy.x[i] = x[i].clone();
            copy.y[i] = y[i].clone();
        }
        return copy;
    }

    int size() {
        return x.length;
    }

    /** The words themselves, to be read or overwritten. */
    int[] x(int lane) {
        return x[lane];
    }

    /** The words themselves, to be read or overwritten. */
    int[] y(int lane) {
        return y[lane];
    }

    /**
     * @throws IllegalArgumentException if the coordinates are those of no point of the curve
     */
    ECPoint point(int lane) {
        return P256.CURVE.validatePoint(Nat256.toBigInteger(x[lane]), Nat256.toBigInteger(y[lane]));
    }

    private static int[] words(BigInteger value) {
        return SecP256R1Field.fromBigInteger(value);
    }
}
