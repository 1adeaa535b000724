package io.sealroom.streaming.release;

import io.sealroom.privacy.secret.SecretBytes;
import java.io.IOException;
import java.io.Serializable;

/**
 * Where a node keeps the key that window secrets are encrypted to. Travels with the job, so it
 * holds a reference to the key and never the key.
 */
@FunctionalInterface
public interface NodeSecrets extends Serializable {

    /**
     * The X25519 private key, 32 bytes.
     *
     * @throws IOException if it cannot be read; the message does not say what was read
     */
    SecretBytes hpkePrivateKey() throws IOException;
}
