package io.sealroom.privacy.noise;

import io.sealroom.schemas.hash.Address;
import java.security.MessageDigest;

/**
 * One partner's part of the noise of a window, opened from its seal. Secret until the room's data
 * is public; never shown by {@link #toString}.
 */
public final class NoiseShare {

    static final int LENGTH = 32;

    private final Address partner;
    private final byte[] secret;

    /**
     * @param partner the partner's chain address
     * @param secret 32 bytes, PROTOCOL.md section 5
     * @throws IllegalArgumentException for another length
     */
    public NoiseShare(Address partner, byte[] secret) {
        if (secret.length != LENGTH) {
            throw new IllegalArgumentException("secret must be 32 bytes, got " + secret.length);
        }
        this.partner = partner;
        this.secret = secret.clone();
    }

    Address partner() {
        return partner;
    }

    byte[] secret() {
        return secret.clone();
    }

    /** Whether the two secrets are equal, in constant time. */
    boolean repeats(NoiseShare other) {
        return MessageDigest.isEqual(secret, other.secret);
    }

    @Override
    public String toString() {
        return "NoiseShare[" + partner + ", redacted]";
    }
}
