package io.sealroom.privacy.oprf;

import io.sealroom.schemas.hash.AbiWords;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/**
 * A proof {@code r || s} that whoever names a public key knows its secret key (PROTOCOL.md section
 * 6): Schnorr's over P-256, shaped so that the Room checks it with one call of the curve's
 * signature precompile. Well formed, but not yet verified.
 *
 * <p>Without it a partner could name {@code m * G - (the others' keys)} as its own: the joint key
 * would be {@code m}, known to that partner alone.
 *
 * @param r x coordinate of k * G modulo n, in [1, n)
 * @param s k + c * key, in [1, n)
 */
public record ProofOfPossession(BigInteger r, BigInteger s) {

    public static final int LENGTH = 2 * P256.SCALAR_LENGTH;

    private static final Bytes32 TAG = Digests.id("sealroom/key-proof/v1");

    /**
     * @throws IllegalArgumentException if r or s is not in [1, n)
     */
    public ProofOfPossession {
        if (refusal(r) != null || refusal(s) != null) {
            throw new IllegalArgumentException("r and s must be in [1, n)");
        }
    }

    /**
     * Proves that the share's key is known here. Two proofs of one key differ: the nonce is random.
     *
     * @throws IllegalStateException if the share has been erased
     */
    public static ProofOfPossession prove(KeyShare share, ProofContext context) {
        return prove(share, context, new SecureRandom());
    }

    static ProofOfPossession prove(KeyShare share, ProofContext context, SecureRandom random) {
        while (true) {
            SecretScalar nonce = SecretScalar.random(random);
            Optional<ProofOfPossession> proof = prove(share, context, nonce);
            nonce.erase();
            if (proof.isPresent()) {
                return proof.get();
            }
        }
    }

    /**
     * With a fixed nonce, for vectors: a nonce used twice reveals the key. Nothing where r, c or s
     * is zero, which happens with probability 2^-254.
     */
    static Optional<ProofOfPossession> prove(
            KeyShare share, ProofContext context, SecretScalar nonce) {
        BigInteger r = x(P256.multiplyGeneratorSecret(nonce));
        BigInteger c = challenge(share.publicKey(), context, r);
        BigInteger s = nonce.plusProduct(c, share.secret());
        return r.signum() == 0 || c.signum() == 0 || s.signum() == 0
                ? Optional.empty()
                : Optional.of(new ProofOfPossession(r, s));
    }

    /** Never throws on bytes. */
    public static Checked<ProofOfPossession> decode(Bytes encoded) {
        byte[] bytes = encoded.toBytes();
        if (bytes.length != LENGTH) {
            return new Checked.Refused<>(EncodingRefusal.WRONG_LENGTH);
        }
        BigInteger r = new BigInteger(1, Arrays.copyOf(bytes, P256.SCALAR_LENGTH));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(bytes, P256.SCALAR_LENGTH, LENGTH));
        EncodingRefusal reason = refusal(r) != null ? refusal(r) : refusal(s);
        return reason == null
                ? new Checked.Accepted<>(new ProofOfPossession(r, s))
                : new Checked.Refused<>(reason);
    }

    /** Whether it was made with the secret key of this public key, for this context. */
    public boolean verify(PublicKeyShare key, ProofContext context) {
        BigInteger c = challenge(key, context, r);
        if (c.signum() == 0) {
            return false;
        }
        ECPoint commitment =
                P256.sumWithGenerator(s, key.element().point(), P256.ORDER.subtract(c));
        return !commitment.isInfinity() && x(commitment).equals(r);
    }

    /** 64 bytes: r, then s. */
    public Bytes encoded() {
        byte[] bytes = new byte[LENGTH];
        BigIntegers.asUnsignedByteArray(r, bytes, 0, P256.SCALAR_LENGTH);
        BigIntegers.asUnsignedByteArray(s, bytes, P256.SCALAR_LENGTH, P256.SCALAR_LENGTH);
        return Bytes.of(bytes);
    }

    private static BigInteger challenge(PublicKeyShare key, ProofContext context, BigInteger r) {
        Bytes32 hash =
                new AbiWords()
                        .bytes32(TAG)
                        .uint(context.chainId())
                        .address(context.contract())
                        .bytes32(Digests.id(context.room()))
                        .bytes32(Digests.id(context.partner()))
                        .uint(context.epoch())
                        .bytes32(key.x())
                        .bytes32(key.y())
                        .uint(r)
                        .keccak256();
        return new BigInteger(1, hash.toBytes()).mod(P256.ORDER);
    }

    private static BigInteger x(ECPoint point) {
        return point.normalize().getAffineXCoord().toBigInteger().mod(P256.ORDER);
    }

    private static @Nullable EncodingRefusal refusal(BigInteger value) {
        if (value.signum() <= 0) {
            return EncodingRefusal.SCALAR_ZERO;
        }
        return value.compareTo(P256.ORDER) >= 0 ? EncodingRefusal.SCALAR_NOT_CANONICAL : null;
    }
}
