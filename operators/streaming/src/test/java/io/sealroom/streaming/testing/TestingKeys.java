package io.sealroom.streaming.testing;

import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.hash.Lp;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.record.WindowSecrets;

/** Keys that follow from a name: the same in every run, and worth nothing. */
public final class TestingKeys {

    private TestingKeys() {}

    /** secp256k1 private key of a partner or node, 32 bytes. */
    public static byte[] chainKey(String name) {
        return derive("chain", name);
    }

    /** Address of {@link #chainKey}. */
    public static Address address(String name) {
        return Secp256k1.address(chainKey(name));
    }

    /** X25519 private key of a node or auditor, 32 bytes. */
    public static byte[] hpkeKey(String name) {
        return derive("hpke", name);
    }

    /** Public key of {@link #hpkeKey}. */
    public static Bytes32 hpkePublicKey(String name) {
        return WindowSecrets.publicKey(hpkeKey(name));
    }

    /** Noise seed of a partner, 32 bytes. */
    public static byte[] noiseSeed(String name) {
        return derive("noise", name);
    }

    private static byte[] derive(String purpose, String name) {
        return Digests.sha256Lp(Lp.text("testing"), Lp.text(purpose), Lp.text(name)).toBytes();
    }
}
