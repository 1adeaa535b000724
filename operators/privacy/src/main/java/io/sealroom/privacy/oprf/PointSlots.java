package io.sealroom.privacy.oprf;

import java.util.Arrays;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.raw.Nat256;

/**
 * Numbered places for public points, the identity among them, and additions between them that wait
 * for one another so as to share field inversions ({@link AffineSteps}). Time depends on the
 * points: no secret may enter.
 */
final class PointSlots {

    /** Enough to forget the inversion, few enough to stay in the cache. */
    private static final int WAITING_MAX = 256;

    /** In place of a coordinate of the identity. */
    private static final int[] NONE = {};

    /** Coordinates by slot. Slots may share arrays: they are never written. */
    private final int[][] x;

    private final int[][] y;

    private final AffineSteps steps = new AffineSteps(WAITING_MAX);
    private final int[] targets = new int[WAITING_MAX];
    private final int[][] leftX = new int[WAITING_MAX][];
    private final int[][] leftY = new int[WAITING_MAX][];
    private final int[][] rightX = new int[WAITING_MAX][];
    private final int[][] rightY = new int[WAITING_MAX][];
    private int waiting;

    /** As many identities. */
    PointSlots(int slots) {
        x = new int[slots][];
        y = new int[slots][];
        Arrays.fill(x, NONE);
        Arrays.fill(y, NONE);
    }

    /** Puts a point in. The arrays are kept: they must not change any more. */
    void put(int slot, int[] pointX, int[] pointY) {
        x[slot] = pointX;
        y[slot] = pointY;
    }

    void copy(int target, int from) {
        put(target, x[from], y[from]);
    }

    /**
     * {@code target = left + right}, as both stand now. The target may change at once or only at
     * {@link #settle}: until then it is to be neither read nor set.
     */
    void add(int target, int left, int right) {
        if (isIdentity(left)) {
            copy(target, right);
        } else if (isIdentity(right)) {
            copy(target, left);
        } else if (Nat256.eq(x[left], x[right]) && !Nat256.eq(y[left], y[right])) {
            put(target, NONE, NONE);
        } else {
            targets[waiting] = target;
            leftX[waiting] = x[left];
            leftY[waiting] = y[left];
            rightX[waiting] = x[right];
            rightY[waiting] = y[right];
            waiting++;
            if (waiting == WAITING_MAX) {
                settle();
            }
        }
    }

    /** Carries out what waits. */
    void settle() {
        if (waiting == 0) {
            return;
        }
        AffineLanes sums = AffineLanes.of(leftX, leftY, waiting).copy();
        steps.add(sums, AffineLanes.of(rightX, rightY, waiting));
        for (int i = 0; i < waiting; i++) {
            put(targets[i], sums.x(i), sums.y(i));
        }
        waiting = 0;
    }

    ECPoint point(int slot) {
        return isIdentity(slot)
                ? P256.CURVE.getInfinity()
                : P256.CURVE.createPoint(
                        Nat256.toBigInteger(x[slot]), Nat256.toBigInteger(y[slot]));
    }

    private boolean isIdentity(int slot) {
        return x[slot].length == 0;
    }
}
