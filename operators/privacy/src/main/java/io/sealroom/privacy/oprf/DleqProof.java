package io.sealroom.privacy.oprf;

import io.sealroom.schemas.hash.Bytes;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/**
 * A proof {@code c || s} that two discrete logarithms are equal (RFC 9497 section 2.2), well formed
 * but not yet verified. Zero scalars are refused: an honest proof has one with probability 2^-255.
 *
 * @param c challenge, in [1, n)
 * @param s response, in [1, n)
 */
record DleqProof(BigInteger c, BigInteger s) {

    static final int LENGTH = 2 * P256.SCALAR_LENGTH;

    DleqProof {
        if (refusal(c) != null || refusal(s) != null) {
            throw new IllegalArgumentException("c and s must be in [1, n)");
        }
    }

    /** Never throws on bytes. */
    static Checked<DleqProof> decode(Bytes encoded) {
        byte[] bytes = encoded.toBytes();
        if (bytes.length != LENGTH) {
            return new Checked.Refused<>(EncodingRefusal.WRONG_LENGTH);
        }
        Checked<BigInteger> c = scalar(bytes, 0);
        Checked<BigInteger> s = scalar(bytes, P256.SCALAR_LENGTH);
        if (c instanceof Checked.Refused<BigInteger> refused) {
            return new Checked.Refused<>(refused.reason());
        }
        if (s instanceof Checked.Refused<BigInteger> refused) {
            return new Checked.Refused<>(refused.reason());
        }
        return new Checked.Accepted<>(new DleqProof(c.orElseThrow(), s.orElseThrow()));
    }

    Bytes encoded() {
        byte[] bytes = new byte[LENGTH];
        BigIntegers.asUnsignedByteArray(c, bytes, 0, P256.SCALAR_LENGTH);
        BigIntegers.asUnsignedByteArray(s, bytes, P256.SCALAR_LENGTH, P256.SCALAR_LENGTH);
        return Bytes.of(bytes);
    }

    /** DeserializeScalar (section 4.3), zero refused too. */
    private static Checked<BigInteger> scalar(byte[] bytes, int from) {
        BigInteger value =
                new BigInteger(1, Arrays.copyOfRange(bytes, from, from + P256.SCALAR_LENGTH));
        EncodingRefusal reason = refusal(value);
        return reason == null ? new Checked.Accepted<>(value) : new Checked.Refused<>(reason);
    }

    private static @Nullable EncodingRefusal refusal(BigInteger value) {
        if (value.signum() <= 0) {
            return EncodingRefusal.SCALAR_ZERO;
        }
        return value.compareTo(P256.ORDER) >= 0 ? EncodingRefusal.SCALAR_NOT_CANONICAL : null;
    }
}
