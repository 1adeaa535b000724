package io.sealroom.privacy.oprf;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.ECPoint;

/**
 * hash_to_curve of the suite P256_XMD:SHA-256_SSWU_RO_ (RFC 9380 section 8.2).
 *
 * <p>Field arithmetic is that of the curve's own field elements, which branch on carries, and the
 * three conditional moves of the map are branches: the time of the party that knows the input
 * depends on it. What leaves it is blinded, and goes with the rest of its batch. Bouncy Castle's
 * own hash2curve serves as the second implementation in the tests; it is not used here because an
 * instance keeps a digest (one thread only) and because its {@code BigInteger} powers cost four
 * times as much.
 */
final class HashToCurve {

    /** L: bytes drawn for a field element. */
    private static final int FIELD_DRAW_LENGTH = 48;

    private static final ECFieldElement A = P256.CURVE.getA();
    private static final ECFieldElement B = P256.CURVE.getB();
    private static final ECFieldElement Z = field(BigInteger.valueOf(-10));

    /** sqrt(-Z). */
    private static final ECFieldElement C2 = field(BigInteger.TEN).sqrt();

    private HashToCurve() {}

    static ECPoint hash(byte[] message, byte[] domain) {
        return hashAll(List.of(message), domain)[0];
    }

    /** The points of all messages, affine, with two field inversions for all. */
    static ECPoint[] hashAll(List<byte[]> messages, byte[] domain) {
        if (messages.isEmpty()) {
            return new ECPoint[0];
        }
        Candidate[] candidates = new Candidate[2 * messages.size()];
        for (int i = 0; i < messages.size(); i++) {
            byte[] uniform =
                    ExpandMessageXmd.expand(messages.get(i), domain, 2 * FIELD_DRAW_LENGTH);
            candidates[2 * i] = map(element(uniform, 0));
            candidates[2 * i + 1] = map(element(uniform, FIELD_DRAW_LENGTH));
        }
        ECFieldElement[] inverses =
                Arrays.stream(candidates)
                        .map(Candidate::xDenominator)
                        .toArray(ECFieldElement[]::new);
        ECAlgorithms.montgomeryTrick(inverses, 0, inverses.length);
        ECPoint[] points = new ECPoint[messages.size()];
        for (int i = 0; i < points.length; i++) {
            ECPoint first = candidates[2 * i].point(inverses[2 * i]);
            points[i] = first.add(candidates[2 * i + 1].point(inverses[2 * i + 1]));
        }
        P256.CURVE.normalizeAll(points);
        return points;
    }

    private static ECFieldElement element(byte[] uniform, int from) {
        return field(
                new BigInteger(1, Arrays.copyOfRange(uniform, from, from + FIELD_DRAW_LENGTH)));
    }

    private static ECFieldElement field(BigInteger value) {
        return P256.CURVE.fromBigInteger(value.mod(P256.FIELD));
    }

    /** map_to_curve_simple_swu, straight-line form (RFC 9380 appendix F.2); its names. */
    static Candidate map(ECFieldElement u) {
        ECFieldElement tv1 = Z.multiply(u.square());
        ECFieldElement tv2 = tv1.square().add(tv1);
        ECFieldElement tv3 = B.multiply(tv2.addOne());
        ECFieldElement tv4 = A.multiply(tv2.isZero() ? Z : tv2.negate());
        ECFieldElement tv6 = tv4.square();
        ECFieldElement gx1 = tv3.square().add(A.multiply(tv6)).multiply(tv3);
        tv6 = tv6.multiply(tv4);
        gx1 = gx1.add(B.multiply(tv6));

        // sqrt_ratio for p = 3 mod 4 (appendix F.2.1.2): y1 = sqrt(gx1 / tv6), or of Z times it.
        ECFieldElement product = gx1.multiply(tv6);
        ECFieldElement y1 = power(tv6.square().multiply(product)).multiply(product);
        boolean square = y1.square().multiply(tv6).equals(gx1);

        ECFieldElement numerator = square ? tv3 : tv1.multiply(tv3);
        ECFieldElement y = square ? y1 : tv1.multiply(u).multiply(y1.multiply(C2));
        if (u.testBitZero() != y.testBitZero()) {
            y = y.negate();
        }
        return new Candidate(numerator, tv4, y);
    }

    /** {@code x^((p - 3) / 4)}; the exponent is 2^254 - 2^222 + 2^190 + 2^94 - 1. */
    private static ECFieldElement power(ECFieldElement x) {
        ECFieldElement ones2 = x.square().multiply(x);
        ECFieldElement ones4 = ones2.squarePow(2).multiply(ones2);
        ECFieldElement ones8 = ones4.squarePow(4).multiply(ones4);
        ECFieldElement ones16 = ones8.squarePow(8).multiply(ones8);
        ECFieldElement ones32 = ones16.squarePow(16).multiply(ones16);
        return ones32.squarePow(32)
                .multiply(x)
                .squarePow(96 + 32)
                .multiply(ones32)
                .squarePow(32)
                .multiply(ones32)
                .squarePow(16)
                .multiply(ones16)
                .squarePow(8)
                .multiply(ones8)
                .squarePow(4)
                .multiply(ones4)
                .squarePow(2)
                .multiply(ones2);
    }

    /** A point whose x is still a fraction, so that many can share an inversion. */
    record Candidate(ECFieldElement xNumerator, ECFieldElement xDenominator, ECFieldElement y) {

        /**
         * @param inverse of the denominator
         */
        ECPoint point(ECFieldElement inverse) {
            ECFieldElement x = xNumerator.multiply(inverse);
            return P256.CURVE.createPoint(x.toBigInteger(), y.toBigInteger());
        }
    }
}
