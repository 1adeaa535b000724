package io.sealroom.pipeline;

import io.sealroom.privacy.secret.AuditorKeys;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.streaming.release.NodeSecrets;
import java.io.IOException;
import java.nio.file.Path;

/**
 * An auditor's key file, of mode 600. The replay carries the path and never a key.
 *
 * @param path of the file
 */
record AuditorKeyFile(String path) implements NodeSecrets {

    private static final long serialVersionUID = 1;

    @Override
    public SecretBytes hpkePrivateKey() throws IOException {
        return AuditorKeys.read(Path.of(path)).hpkePrivateKey();
    }
}
