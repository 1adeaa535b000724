package io.sealroom.privacy.oprf;

import io.sealroom.privacy.secret.SecretBytes;
import java.util.Arrays;

/** One partner's secret key k(i, e) of one epoch, with its public key. */
public final class KeyShare {

    private final SecretScalar secret;
    private final PublicKeyShare publicKey;

    KeyShare(SecretScalar secret) {
        this.secret = secret;
        this.publicKey = new PublicKeyShare(Element.of(P256.multiplyGeneratorSecret(secret)));
    }

    /** DeriveKeyPair (RFC 9497 section 3.2.1). */
    static KeyShare derive(OprfSuite suite, SecretBytes seed, byte[] info) {
        byte[] opened = seed.openSecret();
        try {
            return new KeyShare(suite.deriveKey(opened, info));
        } finally {
            Arrays.fill(opened, (byte) 0);
        }
    }

    public PublicKeyShare publicKey() {
        return publicKey;
    }

    /** Evaluating fails from now on. */
    void erase() {
        secret.erase();
    }

    SecretScalar secret() {
        return secret;
    }

    @Override
    public String toString() {
        return "KeyShare[redacted, " + publicKey + "]";
    }
}
