package io.sealroom.privacy.oprf;

import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.record.Token;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
        return hashToGroup(List.of(input)).get(0);
    }

    /** HashToGroup of many: the points, affine, with their field inversions shared. */
    List<ECPoint> hashToGroup(List<byte[]> inputs) {
        List<ECPoint> points = Arrays.asList(HashToCurve.hashAll(inputs, hashToGroupDomain));
        if (points.stream().anyMatch(ECPoint::isInfinity)) {
            throw new IllegalStateException("an input hashes to the identity");
        }
        return points;
    }

    /** HashToScalar under the default tag, in [0, n), of public bytes: the time depends on them. */
    BigInteger hashToScalar(byte[] message) {
        byte[] uniform = ExpandMessageXmd.expand(message, hashToScalarDomain, SCALAR_DRAW_LENGTH);
        return new BigInteger(1, uniform).mod(P256.ORDER);
    }

    /**
     * DeriveKeyPair (section 3.2.1), the secret half.
     *
     * @param seed 32 bytes
     * @param info public
     */
    SecretScalar deriveKey(byte[] seed, byte[] info) {
        byte[] infoField = new Transcript().field(info).bytes();
        byte[] message =
                ByteBuffer.allocate(seed.length + infoField.length + 1)
                        .put(seed)
                        .put(infoField)
                        .array();
        try {
            for (int counter = 0; counter <= 255; counter++) {
                message[message.length - 1] = (byte) counter;
                byte[] uniform =
                        ExpandMessageXmd.expand(message, deriveKeyPairDomain, SCALAR_DRAW_LENGTH);
                Optional<SecretScalar> key = SecretScalar.ofUniform(uniform);
                Arrays.fill(uniform, (byte) 0);
                if (key.isPresent()) {
                    return key.get();
                }
            }
        } finally {
            Arrays.fill(message, (byte) 0);
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
