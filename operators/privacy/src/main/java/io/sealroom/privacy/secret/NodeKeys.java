package io.sealroom.privacy.secret;

import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.record.WindowSecrets;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The secrets of one compute node, as they stand in its key file. */
public final class NodeKeys {

    private static final String ROLE = "node";
    private static final String CHAIN_KEY = "chainKey";
    private static final String HPKE_PRIVATE_KEY = "hpkePrivateKey";

    private final KeyFile file;
    private final ChainKey chain;

    private NodeKeys(KeyFile file, ChainKey chain) {
        this.file = file;
        this.chain = chain;
    }

    /**
     * Fresh keys.
     *
     * @throws IllegalArgumentException if the name is not one of PROTOCOL.md section 1
     */
    public static NodeKeys generate(String name, SecureRandom random) {
        byte[] hpke = WindowSecrets.generatePrivateKey();
        KeyFile file =
                new KeyFile(
                        SecretJson.requireName(name),
                        Map.of(
                                CHAIN_KEY,
                                ChainKey.generate(random),
                                HPKE_PRIVATE_KEY,
                                SecretBytes.copyOf(hpke)));
        Arrays.fill(hpke, (byte) 0);
        return new NodeKeys(file, ChainKey.of(file.secret(CHAIN_KEY)));
    }

    /**
     * @throws KeyFileException if the file is not a node's key file, or group or others have any
     *     access to it
     * @throws IOException if it cannot be read
     */
    public static NodeKeys read(Path path) throws IOException {
        KeyFile file = KeyFile.read(path, ROLE, List.of(CHAIN_KEY, HPKE_PRIVATE_KEY));
        return new NodeKeys(file, KeyGeneration.chainKey(path, file.secret(CHAIN_KEY)));
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

    /** secp256k1 private key, 32 bytes. */
    public SecretBytes chainKey() {
        return file.secret(CHAIN_KEY);
    }

    /** X25519 private key, 32 bytes, that window secrets are opened with. */
    public SecretBytes hpkePrivateKey() {
        return file.secret(HPKE_PRIVATE_KEY);
    }

    /** Signs with {@link #chainKey()}. */
    public ChainKey chain() {
        return chain;
    }

    public Address address() {
        return chain.address();
    }

    public Bytes32 hpkePublicKey() {
        return file.hpkePublicKey(HPKE_PRIVATE_KEY);
    }

    @Override
    public String toString() {
        return "NodeKeys[" + name() + ", " + address() + ", redacted]";
    }
}
