package io.sealroom.privacy.oprf;

import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.record.Token;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.bouncycastle.math.ec.ECPoint;

/**
 * P256-SHA256 (RFC 9497 section 4.3) in one mode: the hashes, each separated by the context string
 * {@code "OPRFV1-" || I2OSP(mode, 1) || "-P256-SHA256"}.
 */
final class OprfSuite {

    /** modeOPRF, without proofs. Nothing but the RFC's vectors uses it here. */
    static final OprfSuite OPRF = new OprfSuite(0);

    /** modeVOPRF: the mode of every room. */
    static final OprfSuite VOPRF = new OprfSuite(1);

    /** L of hash_to_field for scalars. */
    private static final int SCALAR_DRAW_LENGTH = 48;

    private static final byte[] FINALIZE = ascii("Finalize");

    private final byte[] hashToGroupDomain;
    private final byte[] hashToScalarDomain;
    private final byte[] deriveKeyPairDomain;
    private final byte[] seedDomain;

    private OprfSuite(int mode) {
        String context = "OPRFV1-" + (char) mode + "-P256-SHA256";
        hashToGroupDomain = ascii("HashToGroup-" + context);
        hashToScalarDomain = ascii("HashToScalar-" + context);
        deriveKeyPairDomain = ascii("DeriveKeyPair" + context);
        seedDomain = ascii("Seed-" + context);
    }

    /**
     * HashToGroup.
     *
     * @throws IllegalStateException for the identity (the RFC's InvalidInputError), which nobody
     *     can find an input for
     */
    ECPoint hashToGroup(byte[] input) {
        ECPoint point = HashToCurve.hash(input, hashToGroupDomain);
        if (point.isInfinity()) {
            throw new IllegalStateException("the input hashes to the identity");
        }
        return point;
    }

    /** HashToScalar under the default tag, in [0, n). */
    BigInteger hashToScalar(byte[] message) {
        return hashToScalar(message, hashToScalarDomain);
    }

    /**
     * DeriveKeyPair (section 3.2.1), the secret half.
     *
     * @param seed 32 bytes
     * @param info public
     */
    SecretScalar deriveKey(byte[] seed, byte[] info) {
        for (int counter = 0; counter <= 255; counter++) {
            byte[] message =
                    new Transcript().raw(seed).field(info).raw(new byte[] {(byte) counter}).bytes();
            BigInteger key = hashToScalar(message, deriveKeyPairDomain);
            if (key.signum() != 0) {
                return SecretScalar.of(key);
            }
        }
        throw new IllegalStateException("DeriveKeyPairError: 256 zero scalars in a row");
    }

    /** The hash at the end of Finalize (section 3.3.1): the token. */
    Token finalizeHash(byte[] input, Element unblinded) {
        return Token.of(
                sha256(
                        new Transcript()
                                .field(input)
                                .field(unblinded.encoded())
                                .raw(FINALIZE)
                                .bytes()));
    }

    /** The seed of ComputeComposites (section 2.2.1) under a public key. */
    byte[] compositeSeed(Element publicKey) {
        return sha256(new Transcript().field(publicKey.encoded()).field(seedDomain).bytes());
    }

    private static BigInteger hashToScalar(byte[] message, byte[] domain) {
        byte[] uniform = ExpandMessageXmd.expand(message, domain, SCALAR_DRAW_LENGTH);
        return new BigInteger(1, uniform).mod(P256.ORDER);
    }

    private static byte[] sha256(byte[] message) {
        MessageDigest digest = ExpandMessageXmd.sha256();
        return digest.digest(message);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The RFC's hash inputs: {@code I2OSP(length, 2) || field}, and raw parts between them. */
    static final class Transcript {

        private static final int FIELD_LENGTH_MAX = 0xffff;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

        Transcript field(byte[] field) {
            if (field.length > FIELD_LENGTH_MAX) {
                throw new IllegalArgumentException(
                        "a field must have at most 65535 bytes, got " + field.length);
            }
            return number(field.length).raw(field);
        }

        Transcript field(Bytes field) {
            return field(field.toBytes());
        }

        /** I2OSP(value, 2). */
        Transcript number(int value) {
            out.write(value >>> 8);
            out.write(value);
            return this;
        }

        Transcript raw(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
