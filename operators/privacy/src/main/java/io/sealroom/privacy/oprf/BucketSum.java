package io.sealroom.privacy.oprf;

import java.math.BigInteger;
import java.util.List;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.custom.sec.SecP256R1Field;
import org.bouncycastle.math.raw.Nat;

/**
 * Pippenger's sum of products of public scalars and points, with signed windows of w bits: every
 * window drops each point into the bucket of its digit and adds up digit * bucket.
 *
 * <p>The additions inside all buckets of all windows do not depend on one another, and neither do
 * those of different windows: so they are done in affine coordinates and share inversions.
 */
final class BucketSum {

    private final int width;
    private final int windows;

    /** Buckets of a window: digits up to 2^(w - 1), for either sign the same bucket. */
    private final int buckets;

    private BucketSum(int points) {
        // Balances one addition for each point and window against two for each bucket.
        width = Math.max(2, Integer.SIZE - Integer.numberOfLeadingZeros(points) - 3);
        windows = P256.ORDER.bitLength() / width + 1;
        buckets = 1 << (width - 1);
    }

    /**
     * {@code sum of scalars[i] * points[i]}.
     *
     * @param points affine, none the identity, at least one
     * @param scalars in [0, n)
     */
    static ECPoint of(List<ECPoint> points, BigInteger[] scalars) {
        return new BucketSum(points.size()).sum(AffineLanes.of(points), scalars);
    }

    private ECPoint sum(AffineLanes points, BigInteger[] scalars) {
        int[][] digits = new int[points.size()][];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = signedDigits(scalars[i]);
        }
        int[] starts = starts(digits);
        PointSlots slots = new PointSlots(starts[windows * buckets] + 2 * windows);
        fill(slots, starts, points, digits);
        int[] sizes = new int[windows * buckets];
        for (int bucket = 0; bucket < sizes.length; bucket++) {
            sizes[bucket] = starts[bucket + 1] - starts[bucket];
        }
        addInsideBuckets(slots, starts, sizes);
        int totals = addBuckets(slots, starts, sizes);
        ECPoint sum = P256.CURVE.getInfinity();
        for (int window = windows - 1; window >= 0; window--) {
            sum = sum.timesPow2(width).add(slots.point(totals + window));
        }
        return sum;
    }

    /** Digits in [-2^(w - 1), 2^(w - 1)], least significant first. */
    private int[] signedDigits(BigInteger scalar) {
        // One word of zeros on top, which the last window reaches into.
        int[] words = Nat.fromBigInteger(P256.ORDER.bitLength() + Integer.SIZE, scalar);
        int[] digits = new int[windows];
        int carry = 0;
        for (int window = 0; window < windows; window++) {
            int word = window * width / Integer.SIZE;
            long two =
                    (words[word] & 0xffffffffL)
                            | ((long) words[Math.min(word + 1, words.length - 1)] << 32);
            int digit = (int) (two >>> (window * width % Integer.SIZE)) & ((1 << width) - 1);
            digit += carry;
            carry = digit > buckets ? 1 : 0;
            digits[window] = digit - (carry << width);
        }
        return digits;
    }

    private int bucket(int window, int digit) {
        return window * buckets + Math.abs(digit) - 1;
    }

    /** First slot of every bucket, and at the end the first after all of them. */
    private int[] starts(int[][] digits) {
        int[] starts = new int[windows * buckets + 1];
        for (int[] ofPoint : digits) {
            for (int window = 0; window < windows; window++) {
                if (ofPoint[window] != 0) {
                    starts[bucket(window, ofPoint[window]) + 1]++;
                }
            }
        }
        for (int bucket = 0; bucket < windows * buckets; bucket++) {
            starts[bucket + 1] += starts[bucket];
        }
        return starts;
    }

    private void fill(PointSlots slots, int[] starts, AffineLanes points, int[][] digits) {
        int[] next = starts.clone();
        for (int i = 0; i < digits.length; i++) {
            int[] negated = new int[AffineLanes.WORDS];
            SecP256R1Field.negate(points.y(i), negated);
            for (int window = 0; window < windows; window++) {
                int digit = digits[i][window];
                if (digit != 0) {
                    slots.put(
                            next[bucket(window, digit)]++,
                            points.x(i),
                            digit > 0 ? points.y(i) : negated);
                }
            }
        }
    }

    /** Adds pairs until every bucket has but one point, in its first slot. */
    private void addInsideBuckets(PointSlots slots, int[] starts, int[] sizes) {
        boolean pairs = true;
        while (pairs) {
            pairs = false;
            for (int bucket = 0; bucket < sizes.length; bucket++) {
                int start = starts[bucket];
                int size = sizes[bucket];
                for (int i = 0; i + 1 < size; i += 2) {
                    slots.add(start + i / 2, start + i, start + i + 1);
                    pairs = true;
                }
                if (size % 2 == 1) {
                    slots.copy(start + size / 2, start + size - 1);
                }
                sizes[bucket] = (size + 1) / 2;
            }
            slots.settle();
        }
    }

    /**
     * For every window the sum of (i + 1) * bucket i, into a slot; the first of these slots. From
     * the last bucket down, the suffix sums are added up: every one counts its buckets once more.
     */
    private int addBuckets(PointSlots slots, int[] starts, int[] sizes) {
        int suffixes = starts[windows * buckets];
        int totals = suffixes + windows;
        for (int i = buckets - 1; i >= 0; i--) {
            for (int window = 0; window < windows; window++) {
                int bucket = window * buckets + i;
                if (sizes[bucket] > 0) {
                    slots.add(suffixes + window, suffixes + window, starts[bucket]);
                }
            }
            slots.settle();
            for (int window = 0; window < windows; window++) {
                slots.add(totals + window, totals + window, suffixes + window);
            }
            // Waits to go with the next suffixes, which are other slots.
        }
        slots.settle();
        return totals;
    }
}
