package io.sealroom.privacy.secret;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.record.WindowSecrets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The secret of an auditor, as it stands in its key file. An auditor replays and signs nothing, so
 * it has no key on the chain.
 */
public final class AuditorKeys {

    private static final String ROLE = "auditor";
    private static final String HPKE_PRIVATE_KEY = "hpkePrivateKey";

    private final KeyFile file;

    private AuditorKeys(KeyFile file) {
        this.file = file;
    }

    /**
     * A fresh key.
     *
     * @throws IllegalArgumentException if the name is not one of PROTOCOL.md section 1
     */
    public static AuditorKeys generate(String name) {
        byte[] hpke = WindowSecrets.generatePrivateKey();
        try {
            return new AuditorKeys(
                    new KeyFile(
                            SecretJson.requireName(name),
                            Map.of(HPKE_PRIVATE_KEY, SecretBytes.copyOf(hpke))));
        } finally {
            Arrays.fill(hpke, (byte) 0);
        }
    }

    /**
     * @throws KeyFileException if the file is not an auditor's key file, or group or others have
     *     any access to it
     * @throws IOException if it cannot be read
     */
    public static AuditorKeys read(Path path) throws IOException {
        return new AuditorKeys(KeyFile.read(path, ROLE, List.of(HPKE_PRIVATE_KEY)));
    }

    /**
     * Writes a new file with mode 600.
     *
     * @throws KeyFileException if the file exists
     * @throws IOException if it cannot be written
     */
    public void write(Path path) throws IOException {
        file.write(path, ROLE);
    }

    public String name() {
        return file.name();
    }

    /** X25519 private key, 32 bytes, that window secrets are opened with. */
    public SecretBytes hpkePrivateKey() {
        return file.secret(HPKE_PRIVATE_KEY);
    }

    public Bytes32 hpkePublicKey() {
        return file.hpkePublicKey(HPKE_PRIVATE_KEY);
    }

    @Override
    public String toString() {
        return "AuditorKeys[" + name() + ", redacted]";
    }
}
