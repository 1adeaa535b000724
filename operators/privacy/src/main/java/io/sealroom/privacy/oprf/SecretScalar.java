package io.sealroom.privacy.oprf;

import io.sealroom.privacy.secret.SecretBytes;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.util.BigIntegers;

/** A secret number in [1, n): a key share, a blind or a proof nonce. */
final class SecretScalar {

    private final SecretBytes bytes;

    private SecretScalar(SecretBytes bytes) {
        this.bytes = bytes;
    }

    /**
     * @throws IllegalArgumentException outside [1, n); the message does not say the value
     */
    static SecretScalar of(BigInteger value) {
        if (value.signum() <= 0 || value.compareTo(P256.ORDER) >= 0) {
            throw new IllegalArgumentException("a secret scalar must be in [1, n)");
        }
        byte[] encoded = BigIntegers.asUnsignedByteArray(P256.SCALAR_LENGTH, value);
        SecretScalar scalar = new SecretScalar(SecretBytes.copyOf(encoded));
        Arrays.fill(encoded, (byte) 0);
        return scalar;
    }

    /** RandomScalar (RFC 9497 section 2.1, by rejection as in 4.7.1): uniform in [1, n). */
    static SecretScalar random(SecureRandom random) {
        byte[] candidate = new byte[P256.SCALAR_LENGTH];
        BigInteger value;
        do {
            random.nextBytes(candidate);
            value = new BigInteger(1, candidate);
        } while (value.signum() == 0 || value.compareTo(P256.ORDER) >= 0);
        Arrays.fill(candidate, (byte) 0);
        return of(value);
    }

    /** The number itself, for arithmetic inside this package. */
    BigInteger openSecret() {
        byte[] opened = bytes.openSecret();
        BigInteger value = new BigInteger(1, opened);
        Arrays.fill(opened, (byte) 0);
        return value;
    }

    /** ScalarInverse, by a constant-time algorithm. */
    SecretScalar inverse() {
        return of(BigIntegers.modOddInverse(P256.ORDER, openSecret()));
    }

    void erase() {
        bytes.erase();
    }

    @Override
    public String toString() {
        return "SecretScalar[redacted]";
    }
}
