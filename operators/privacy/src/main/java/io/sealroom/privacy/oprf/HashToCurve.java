package io.sealroom.privacy.oprf;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.ECPoint;

/**
 * hash_to_curve of the suite P256_XMD:SHA-256_SSWU_RO_ (RFC 9380 section 8.2).
 *
 * <p>Field arithmetic is that of the curve's own field elements, whose time does not depend on
 * their values; the three conditional moves of the map are branches, so which of two candidates was
 * taken may show in the time of the party that knows the input anyway. Bouncy Castle's own
 * hash2curve serves as the second implementation in the tests; it is not used here because an
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
        byte[] uniform = ExpandMessageXmd.expand(message, domain, 2 * FIELD_DRAW_LENGTH);
        return map(element(uniform, 0)).add(map(element(uniform, FIELD_DRAW_LENGTH)));
    }

    private static ECFieldElement element(byte[] uniform, int from) {
        return field(
                new BigInteger(1, Arrays.copyOfRange(uniform, from, from + FIELD_DRAW_LENGTH)));
    }

    private static ECFieldElement field(BigInteger value) {
        return P256.CURVE.fromBigInteger(value.mod(P256.FIELD));
    }

    /** map_to_curve_simple_swu, straight-line form (RFC 9380 appendix F.2); its names. */
    static ECPoint map(ECFieldElement u) {
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
        ECFieldElement x = numerator.multiply(tv4.invert());
        return P256.CURVE.createPoint(x.toBigInteger(), y.toBigInteger());
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
}
