package io.sealroom.privacy.oprf;

import java.math.BigInteger;
import java.util.List;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;

/**
 * The group of RFC 9497 section 4.3: NIST P-256, prime order, cofactor 1. All points of this
 * package live on this one curve instance, so they can be normalised together.
 */
final class P256 {

    /** Ne: compressed point of SEC 1. */
    static final int ELEMENT_LENGTH = 33;

    /** Ns. */
    static final int SCALAR_LENGTH = 32;

    private static final X9ECParameters PARAMETERS = CustomNamedCurves.getByName("secp256r1");
    static final ECCurve CURVE = PARAMETERS.getCurve();
    static final ECPoint GENERATOR = PARAMETERS.getG();
    static final BigInteger ORDER = PARAMETERS.getN();
    static final BigInteger FIELD = CURVE.getField().getCharacteristic();

    private P256() {}

    /**
     * {@code scalar * point} in time that does not depend on the scalar. The point's own multiplier
     * is not used for secrets: its time and its memory accesses follow the digits of the scalar.
     *
     * @param point affine
     */
    static ECPoint multiplySecret(ECPoint point, SecretScalar scalar) {
        return SecretProducts.multiply(List.of(point), List.of(scalar)).get(0);
    }

    /** {@code scalar * generator}, likewise. */
    static ECPoint multiplyGeneratorSecret(SecretScalar scalar) {
        return multiplySecret(GENERATOR, scalar);
    }

    /** {@code a * generator + b * point} for public values: time depends on both scalars. */
    static ECPoint sumWithGenerator(BigInteger a, ECPoint point, BigInteger b) {
        return ECAlgorithms.sumOfTwoMultiplies(GENERATOR, a, point, b);
    }

    /** {@code a * left + b * right} for public values: time depends on both scalars. */
    static ECPoint sum(ECPoint left, BigInteger a, ECPoint right, BigInteger b) {
        return ECAlgorithms.sumOfTwoMultiplies(left, a, right, b);
    }
}
