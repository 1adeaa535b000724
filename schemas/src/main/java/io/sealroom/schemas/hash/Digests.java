package io.sealroom.schemas.hash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** SHA-256 (inside the data path: hardware speed) and keccak256 (where the chain recomputes). */
public final class Digests {

    private Digests() {}

    /** SHA-256 of the concatenation of {@code parts}. */
    public static Bytes32 sha256(byte[]... parts) {
        MessageDigest digest = sha256Digest();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return Bytes32.of(digest.digest());
    }

    /** SHA-256 of {@code lp(fields)}. */
    public static Bytes32 sha256Lp(byte[]... fields) {
        return sha256(Lp.of(fields));
    }

    /**
     * keccak256 (the original padding, as the EVM has it) of the concatenation of {@code parts}.
     */
    public static Bytes32 keccak256(byte[]... parts) {
        KeccakDigest digest = new KeccakDigest(256);
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] out = new byte[Bytes32.LENGTH];
        digest.doFinal(out, 0);
        return Bytes32.of(out);
    }

    /** keccak256 of a text: how names stand on chain and in hashes. */
    public static Bytes32 id(String text) {
        return keccak256(Lp.text(text));
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
