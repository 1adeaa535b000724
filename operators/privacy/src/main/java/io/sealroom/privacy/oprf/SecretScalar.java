package io.sealroom.privacy.oprf;

import io.sealroom.privacy.secret.SecretBytes;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
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

    /**
     * The remainder modulo n of a drawn number, which must be so much longer than n that all
     * remainders are as good as equally likely. Nothing if it is zero.
     *
     * @param uniform secret, big-endian; the caller zeroes it
     */
    static Optional<SecretScalar> ofUniform(byte[] uniform) {
        byte[] reduced = ScalarField.reduce(uniform);
        try {
            return MessageDigest.isEqual(reduced, new byte[P256.SCALAR_LENGTH])
                    ? Optional.empty()
                    : Optional.of(new SecretScalar(SecretBytes.copyOf(reduced)));
        } finally {
            Arrays.fill(reduced, (byte) 0);
        }
    }

    /**
     * {@code this + factor * other} modulo n, where this is a nonce: the response of a proof. It
     * tells nothing of the other number as long as the nonce is random and used for nothing else.
     *
     * @param factor public, not negative
     */
    BigInteger plusProduct(BigInteger factor, SecretScalar other) {
        byte[] nonce = bytes.openSecret();
        byte[] secret = other.bytes.openSecret();
        try {
            return new BigInteger(1, ScalarField.plusProduct(nonce, factor, secret));
        } finally {
            Arrays.fill(nonce, (byte) 0);
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** The number itself, for arithmetic inside this package. */
    BigInteger openSecret() {
        byte[] opened = bytes.openSecret();
        BigInteger value = new BigInteger(1, opened);
        Arrays.fill(opened, (byte) 0);
        return value;
    }

    /** Its 32 bytes, big-endian, for arithmetic inside this package; zero them after use. */
    byte[] openSecretBytes() {
        return bytes.openSecret();
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
