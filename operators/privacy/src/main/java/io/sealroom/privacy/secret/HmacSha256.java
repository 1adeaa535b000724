package io.sealroom.privacy.secret;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (RFC 2104, FIPS 198-1) under a secret key. */
public final class HmacSha256 {

    public static final int LENGTH = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private HmacSha256() {}

    /** A tag that may be shown. */
    public static byte[] tag(SecretBytes key, byte[] message) {
        byte[] opened = key.openSecret();
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(opened, ALGORITHM));
            return mac.doFinal(message);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        } finally {
            Arrays.fill(opened, (byte) 0);
        }
    }

    /** A tag that is itself a secret, such as the next seed of a ratchet. */
    public static SecretBytes derive(SecretBytes key, byte[] message) {
        byte[] tag = tag(key, message);
        SecretBytes derived = SecretBytes.copyOf(tag);
        Arrays.fill(tag, (byte) 0);
        return derived;
    }
}
