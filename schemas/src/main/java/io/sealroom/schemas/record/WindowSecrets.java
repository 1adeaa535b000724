package io.sealroom.schemas.record;

import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Lp;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * HPKE (RFC 9180, base mode) of a window's totals salt and noise share: DHKEM(X25519, HKDF-SHA256),
 * HKDF-SHA256, AES-256-GCM (PROTOCOL.md section 5).
 */
public final class WindowSecrets {

    /** Totals salt and share, 32 bytes each. */
    public static final int PLAINTEXT_LENGTH = 64;

    private static final byte[] INFO = Lp.text("sealroom/window-secrets/v1");

    private WindowSecrets() {}

    /** What a ciphertext is bound to. */
    public static byte[] aad(String room, String partner, long start, long end) {
        return Lp.of(Lp.text(room), Lp.text(partner), Lp.u64(start), Lp.u64(end));
    }

    /**
     * Encrypts with a fresh ephemeral key: two calls give different bytes.
     *
     * @param plaintext totals salt and share, 64 bytes
     */
    public static RecipientSecret seal(
            String recipient, Bytes32 recipientPublicKey, byte[] aad, byte[] plaintext) {
        if (plaintext.length != PLAINTEXT_LENGTH) {
            throw new IllegalArgumentException(
                    "plaintext must be 64 bytes, got " + plaintext.length);
        }
        HPKE hpke = hpke();
        try {
            byte[][] sealed =
                    hpke.seal(
                            hpke.deserializePublicKey(recipientPublicKey.toBytes()),
                            INFO,
                            aad,
                            plaintext,
                            null,
                            null,
                            null);
            return new RecipientSecret(recipient, Bytes32.of(sealed[1]), Bytes.of(sealed[0]));
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("encrypting does not fail", e);
        }
    }

    /** The plaintext, or nothing if the ciphertext is not for this key and aad. */
    public static Optional<byte[]> open(RecipientSecret secret, byte[] privateKey, byte[] aad) {
        HPKE hpke = hpke();
        try {
            byte[] publicKey = publicKey(privateKey).toBytes();
            byte[] plaintext =
                    hpke.open(
                            secret.enc().toBytes(),
                            hpke.deserializePrivateKey(privateKey, publicKey),
                            INFO,
                            aad,
                            secret.ciphertext().toBytes(),
                            null,
                            null,
                            null);
            return plaintext.length == PLAINTEXT_LENGTH ? Optional.of(plaintext) : Optional.empty();
        } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether anything can be encrypted to the key: with a point of small order the shared secret
     * is zero whoever computes it, and encrypting fails (RFC 9180 section 7.1.4).
     */
    public static boolean isUsable(Bytes32 publicKey) {
        byte[] anyPrivateKey = new byte[X25519.SCALAR_SIZE];
        return X25519.calculateAgreement(
                anyPrivateKey, 0, publicKey.toBytes(), 0, new byte[X25519.POINT_SIZE], 0);
    }

    /** The X25519 public key of a private key of 32 bytes. */
    public static Bytes32 publicKey(byte[] privateKey) {
        return Bytes32.of(
                new org.bouncycastle.crypto.params.X25519PrivateKeyParameters(
                                Arrays.copyOf(privateKey, privateKey.length))
                        .generatePublicKey()
                        .getEncoded());
    }

    /** A fresh X25519 private key, 32 bytes. */
    public static byte[] generatePrivateKey() {
        HPKE hpke = hpke();
        AsymmetricCipherKeyPair pair = hpke.generatePrivateKey();
        return hpke.serializePrivateKey(pair.getPrivate());
    }

    private static HPKE hpke() {
        return new HPKE(
                HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }
}
