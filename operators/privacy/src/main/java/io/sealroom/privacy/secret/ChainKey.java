package io.sealroom.privacy.secret;

import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Secp256k1;
import java.security.SecureRandom;
import java.util.Arrays;

/** A secp256k1 key that signs for a partner or node; its text shows the address only. */
public final class ChainKey {

    private final SecretBytes secret;
    private final Address address;

    private ChainKey(SecretBytes secret, Address address) {
        this.secret = secret;
        this.address = address;
    }

    /**
     * @param secret 32 bytes, big-endian, in [1, n)
     * @throws IllegalArgumentException if out of range; the message does not say the value
     */
    public static ChainKey of(SecretBytes secret) {
        byte[] opened = secret.openSecret();
        try {
            return new ChainKey(secret, Secp256k1.address(opened));
        } finally {
            Arrays.fill(opened, (byte) 0);
        }
    }

    static SecretBytes generate(SecureRandom random) {
        while (true) {
            SecretBytes candidate = SecretBytes.random(32, random);
            try {
                of(candidate);
                return candidate;
            } catch (IllegalArgumentException outOfRange) {
                // One in 2^128 draws: draw again, so that the key stays uniform in [1, n).
            }
        }
    }

    public Address address() {
        return address;
    }

    /** Signs an EIP-712 digest: 65 bytes {@code r || s || v}; equal digests give equal bytes. */
    public Bytes sign(Bytes32 digest) {
        byte[] opened = secret.openSecret();
        try {
            return Bytes.of(Secp256k1.sign(digest, opened));
        } finally {
            Arrays.fill(opened, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "ChainKey[" + address + "]";
    }
}
