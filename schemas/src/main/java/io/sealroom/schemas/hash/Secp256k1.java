package io.sealroom.schemas.hash;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * ECDSA over secp256k1 with recoverable signatures {@code r || s || v}, low s only, as the Room
 * accepts them.
 */
public final class Secp256k1 {

    public static final int SIGNATURE_LENGTH = 65;
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);
    private static final BigInteger HALF_ORDER = CURVE.getN().shiftRight(1);

    private Secp256k1() {}

    /**
     * The address of a private key.
     *
     * @param privateKey 32 bytes, big-endian, in [1, n)
     * @throws IllegalArgumentException if out of range; the message does not say the value
     */
    public static Address address(byte[] privateKey) {
        return address(publicPoint(scalar(privateKey)));
    }

    /** Signs a 32-byte digest; the nonce is that of RFC 6979, so equal inputs give equal bytes. */
    public static byte[] sign(Bytes32 digest, byte[] privateKey) {
        BigInteger key = scalar(privateKey);
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(key, DOMAIN));
        BigInteger[] rs = signer.generateSignature(digest.toBytes());
        BigInteger s = rs[1].compareTo(HALF_ORDER) > 0 ? CURVE.getN().subtract(rs[1]) : rs[1];
        Address own = address(publicPoint(key));
        for (int v = 27; v <= 28; v++) {
            byte[] signature = encode(rs[0], s, v);
            if (recover(digest, signature).filter(own::equals).isPresent()) {
                return signature;
            }
        }
        throw new IllegalStateException("a fresh signature recovers to its signer");
    }

    /**
     * The signer of a digest, or nothing where the signature is not 65 bytes, has a high s (a
     * second form of the same signature), another v than 27 and 28, or recovers to no point.
     */
    public static Optional<Address> recover(Bytes32 digest, byte[] signature) {
        if (signature.length != SIGNATURE_LENGTH) {
            return Optional.empty();
        }
        BigInteger r = new BigInteger(1, Arrays.copyOfRange(signature, 0, 32));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
        int v = signature[64];
        BigInteger n = CURVE.getN();
        if (v < 27
                || v > 28
                || r.signum() == 0
                || r.compareTo(n) >= 0
                || s.signum() == 0
                || s.compareTo(HALF_ORDER) > 0) {
            return Optional.empty();
        }
        return point(r, v == 28)
                .map(
                        nonce -> {
                            BigInteger inverse = BigIntegers.modOddInverseVar(n, r);
                            BigInteger e = new BigInteger(1, digest.toBytes());
                            return ECAlgorithms.sumOfTwoMultiplies(
                                    nonce,
                                    s.multiply(inverse).mod(n),
                                    CURVE.getG(),
                                    e.negate().multiply(inverse).mod(n));
                        })
                .filter(key -> !key.isInfinity())
                .map(Secp256k1::address);
    }

    private static Optional<ECPoint> point(BigInteger x, boolean odd) {
        byte[] compressed = new byte[33];
        compressed[0] = (byte) (odd ? 3 : 2);
        BigIntegers.asUnsignedByteArray(x, compressed, 1, 32);
        try {
            return Optional.of(CURVE.getCurve().decodePoint(compressed));
        } catch (IllegalArgumentException notOnCurve) {
            return Optional.empty();
        }
    }

    private static ECPoint publicPoint(BigInteger key) {
        return new FixedPointCombMultiplier().multiply(CURVE.getG(), key);
    }

    private static Address address(ECPoint key) {
        byte[] encoded = key.normalize().getEncoded(false);
        byte[] hash = Digests.keccak256(Arrays.copyOfRange(encoded, 1, encoded.length)).toBytes();
        return Address.of(Arrays.copyOfRange(hash, 12, 32));
    }

    private static byte[] encode(BigInteger r, BigInteger s, int v) {
        byte[] signature = new byte[SIGNATURE_LENGTH];
        BigIntegers.asUnsignedByteArray(r, signature, 0, 32);
        BigIntegers.asUnsignedByteArray(s, signature, 32, 32);
        signature[64] = (byte) v;
        return signature;
    }

    private static BigInteger scalar(byte[] privateKey) {
        BigInteger key = new BigInteger(1, privateKey);
        if (privateKey.length != 32 || key.signum() == 0 || key.compareTo(CURVE.getN()) >= 0) {
            throw new IllegalArgumentException("privateKey must be 32 bytes in [1, n)");
        }
        return key;
    }
}
