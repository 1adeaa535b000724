package io.sealroom.pipeline;

import io.sealroom.contracts.ChainSigner;
import io.sealroom.privacy.secret.NodeKeys;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.streaming.publish.NodeKey;
import io.sealroom.streaming.release.NodeSecrets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A node's key file, of mode 600, at one path on every machine that runs its tasks. The job carries
 * the path and never a key.
 *
 * @param path of the file
 */
record NodeKeyFile(String path) implements NodeSecrets, NodeKey {

    private static final long serialVersionUID = 1;

    @Override
    public SecretBytes hpkePrivateKey() throws IOException {
        return NodeKeys.read(Path.of(path)).hpkePrivateKey();
    }

    @Override
    public ChainSigner load() throws IOException {
        byte[] key = NodeKeys.read(Path.of(path)).chainKey().openSecret();
        try {
            return ChainSigner.fromHex(HexFormat.of().formatHex(key));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
