package io.sealroom.privacy.oprf;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/**
 * Sums of many products of public scalars and public points. Time depends on the scalars: no secret
 * may enter.
 *
 * <p>Buckets (Pippenger) with signed windows: a window of w bits costs one addition for each point
 * and about 2^w for the buckets, so from some tens of points on it beats interleaved windows.
 */
final class MultiScalar {

    private static final int BUCKETS_FROM = 48;

    private MultiScalar() {}

    /** {@code sum of scalars[i] * points[i]}; scalars in [0, n), at least one. */
    static ECPoint sum(List<ECPoint> points, BigInteger[] scalars) {
        if (points.size() < BUCKETS_FROM) {
            return ECAlgorithms.sumOfMultiplies(points.toArray(new ECPoint[0]), scalars);
        }
        int width = Integer.SIZE - Integer.numberOfLeadingZeros(points.size()) - 3;
        int windows = P256.ORDER.bitLength() / width + 1;
        int[][] digits = new int[points.size()][];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = signedDigits(scalars[i], width, windows);
        }
        ECPoint[] buckets = new ECPoint[1 << (width - 1)];
        ECPoint sum = P256.CURVE.getInfinity();
        for (int window = windows - 1; window >= 0; window--) {
            sum = sum.timesPow2(width).add(windowSum(points, digits, window, buckets));
        }
        return sum;
    }

    /** Digits in [-2^(width-1), 2^(width-1)], least significant first. */
    private static int[] signedDigits(BigInteger scalar, int width, int windows) {
        int[] digits = new int[windows];
        int half = 1 << (width - 1);
        int carry = 0;
        for (int window = 0; window < windows; window++) {
            int digit = carry;
            for (int bit = 0; bit < width; bit++) {
                digit += scalar.testBit(window * width + bit) ? 1 << bit : 0;
            }
            carry = digit > half ? 1 : 0;
            digits[window] = digit - (carry << width);
        }
        return digits;
    }

    private static ECPoint windowSum(
            List<ECPoint> points, int[][] digits, int window, ECPoint[] buckets) {
        ECPoint infinity = P256.CURVE.getInfinity();
        Arrays.fill(buckets, infinity);
        for (int i = 0; i < digits.length; i++) {
            int digit = digits[i][window];
            if (digit > 0) {
                buckets[digit - 1] = buckets[digit - 1].add(points.get(i));
            } else if (digit < 0) {
                buckets[-digit - 1] = buckets[-digit - 1].subtract(points.get(i));
            }
        }
        // Sum of (i + 1) * bucket i: every suffix sum counts its last bucket once more.
        ECPoint suffix = infinity;
        ECPoint sum = infinity;
        for (int i = buckets.length - 1; i >= 0; i--) {
            suffix = suffix.add(buckets[i]);
            sum = sum.add(suffix);
        }
        return sum;
    }
}
