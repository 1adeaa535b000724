package io.sealroom.privacy.oprf;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.hash2curve.HashToCurveProfile;
import org.bouncycastle.crypto.hash2curve.HashToEllipticCurve;
import org.bouncycastle.crypto.hash2curve.OPRFHashToScalar;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/**
 * RFC 9497 mode 1 the long way: the library's own hash to curve and hash to scalar, its plain
 * products one by one, plain arithmetic. It takes and gives encoded values only, and no line of the
 * package runs in it.
 */
final class SecondImplementation {

    private static final String CONTEXT = "OPRFV1-\u0001-P256-SHA256";
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256r1");
    private static final BigInteger ORDER = CURVE.getN();

    private final HashToEllipticCurve hashToGroup =
            HashToEllipticCurve.getInstance(
                    HashToCurveProfile.P256_XMD_SHA_256, "HashToGroup-" + CONTEXT);
    private final OPRFHashToScalar hashToScalar =
            new OPRFHashToScalar(CURVE.getCurve(), new SHA256Digest(), 128);

    /** Finalize of an unblinded evaluation: blinds cancel, so none is drawn. */
    byte[] token(byte[] input, BigInteger key) {
        ECPoint hashed = point(hashToGroup.hashToCurve(input).normalize().getEncoded(true));
        return sha256(field(input), field(encoded(hashed.multiply(key))), ascii("Finalize"));
    }

    /** BlindEvaluate, without the proof. */
    byte[] evaluate(byte[] blinded, BigInteger key) {
        return encoded(point(blinded).multiply(key));
    }

    /** The first candidate of DeriveKeyPair. */
    BigInteger deriveKey(byte[] seed, byte[] info) {
        return hashToScalar.process(
                concat(seed, field(info), new byte[1]), ascii("DeriveKeyPair" + CONTEXT));
    }

    /** GenerateProof, with ComputeComposites. */
    byte[] prove(BigInteger key, List<byte[]> blinded, List<byte[]> evaluated, BigInteger nonce) {
        byte[] publicKey = encoded(CURVE.getG().multiply(key));
        byte[] seed = sha256(field(publicKey), field(ascii("Seed-" + CONTEXT)));
        ECPoint m = CURVE.getCurve().getInfinity();
        ECPoint z = CURVE.getCurve().getInfinity();
        for (int i = 0; i < blinded.size(); i++) {
            BigInteger weight =
                    scalar(
                            field(seed),
                            i2osp(i),
                            field(blinded.get(i)),
                            field(evaluated.get(i)),
                            ascii("Composite"));
            m = m.add(point(blinded.get(i)).multiply(weight));
            z = z.add(point(evaluated.get(i)).multiply(weight));
        }
        BigInteger c =
                scalar(
                        field(publicKey),
                        field(encoded(m)),
                        field(encoded(z)),
                        field(encoded(CURVE.getG().multiply(nonce))),
                        field(encoded(m.multiply(nonce))),
                        ascii("Challenge"));
        BigInteger s = nonce.subtract(c.multiply(key)).mod(ORDER);
        return concat(
                BigIntegers.asUnsignedByteArray(32, c), BigIntegers.asUnsignedByteArray(32, s));
    }

    /** Whether 33 bytes are an element, by Euler's criterion. */
    static boolean isElement(byte[] bytes) {
        BigInteger p = CURVE.getCurve().getField().getCharacteristic();
        if (bytes.length != 33 || (bytes[0] != 2 && bytes[0] != 3)) {
            return false;
        }
        BigInteger x = BigIntegers.fromUnsignedByteArray(bytes, 1, 32);
        BigInteger square =
                x.pow(3)
                        .subtract(x.multiply(BigInteger.valueOf(3)))
                        .add(CURVE.getCurve().getB().toBigInteger())
                        .mod(p);
        return x.compareTo(p) < 0 && square.modPow(p.shiftRight(1), p).equals(BigInteger.ONE);
    }

    private BigInteger scalar(byte[]... parts) {
        return hashToScalar.process(concat(parts), ascii("HashToScalar-" + CONTEXT));
    }

    private static ECPoint point(byte[] encoded) {
        return CURVE.getCurve().decodePoint(encoded);
    }

    private static byte[] encoded(ECPoint point) {
        return point.normalize().getEncoded(true);
    }

    private static byte[] field(byte[] bytes) {
        return concat(i2osp(bytes.length), bytes);
    }

    private static byte[] i2osp(int value) {
        return BigIntegers.asUnsignedByteArray(2, BigInteger.valueOf(value));
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(concat(parts));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
