package io.sealroom.contracts;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/** KeyProof.sol: whether the x coordinate of sG - cQ is r, mod n. Public values only. */
final class KeyProofRules {

    private static final X9ECParameters P256 = CustomNamedCurves.getByName("P-256");
    private static final BigInteger ORDER = P256.getN();

    private KeyProofRules() {}

    /**
     * Whether the proof holds.
     *
     * @param challenge {@link RoomDigests#keyChallenge}
     */
    static boolean isValid(Word challenge, EpochKey key, KeyProof proof) {
        BigInteger r = number(proof.r());
        BigInteger s = number(proof.s());
        BigInteger c = number(challenge).mod(ORDER);
        if (!isScalar(r) || !isScalar(s) || c.signum() == 0) {
            return false;
        }
        try {
            ECPoint publicKey = P256.getCurve().validatePoint(number(key.x()), number(key.y()));
            ECPoint commitment =
                    ECAlgorithms.sumOfTwoMultiplies(P256.getG(), s, publicKey, ORDER.subtract(c))
                            .normalize();
            return !commitment.isInfinity()
                    && commitment.getAffineXCoord().toBigInteger().mod(ORDER).equals(r);
        } catch (IllegalArgumentException notOnTheCurve) {
            return false;
        }
    }

    private static boolean isScalar(BigInteger value) {
        return value.signum() > 0 && value.compareTo(ORDER) < 0;
    }

    private static BigInteger number(Word word) {
        return new BigInteger(1, word.toBytes());
    }
}
