package io.sealroom.pipeline;

import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.streaming.release.NodeSecrets;
import io.sealroom.streaming.testing.TestingKeys;

/** The test node's HPKE key. */
record TestingSecrets(String node) implements NodeSecrets {

    private static final long serialVersionUID = 1;

    @Override
    public SecretBytes hpkePrivateKey() {
        return SecretBytes.copyOf(TestingKeys.hpkeKey(node));
    }
}
