package io.sealroom.privacy.secret;

import io.sealroom.schemas.hash.Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/**
 * The secrets of one partner that last as long as it does, as they stand in its key file. The OPRF
 * seed is not among them: it is erased epoch by epoch, see {@link OprfSeedFile}.
 */
public final class PartnerKeys {

    private static final String ROLE = "partner";
    private static final String CHAIN_KEY = "chainKey";
    private static final String NOISE_SEED = "noiseSeed";
    private static final String EVENT_KEY = "eventKey";
    private static final List<String> FIELDS = List.of(CHAIN_KEY, NOISE_SEED, EVENT_KEY);
    private static final int LENGTH = 32;

    private final KeyFile file;
    private final ChainKey chain;

    private PartnerKeys(KeyFile file, ChainKey chain) {
        this.file = file;
        this.chain = chain;
    }

    /**
     * Fresh keys.
     *
     * @throws IllegalArgumentException if the name is not one of PROTOCOL.md section 1
     */
    public static PartnerKeys generate(String name, SecureRandom random) {
        KeyFile file =
                new KeyFile(
                        SecretJson.requireName(name),
                        Map.of(
                                CHAIN_KEY,
                                ChainKey.generate(random),
                                NOISE_SEED,
                                SecretBytes.random(LENGTH, random),
                                EVENT_KEY,
                                SecretBytes.random(LENGTH, random)));
        return new PartnerKeys(file, ChainKey.of(file.secret(CHAIN_KEY)));
    }

    /**
     * @throws KeyFileException if the file is not a partner's key file, or group or others have any
     *     access to it
     * @throws IOException if it cannot be read
     */
    public static PartnerKeys read(Path path) throws IOException {
        KeyFile file = KeyFile.read(path, ROLE, FIELDS);
        return new PartnerKeys(file, KeyGeneration.chainKey(path, file.secret(CHAIN_KEY)));
    }

    /**
     * The content of a key file that comes by another way.
     *
     * @param origin names that way in errors
     * @throws KeyFileException if it is not what a partner's key file holds
     */
    public static PartnerKeys parse(String origin, String json) throws IOException {
        Path path = Path.of(origin);
        KeyFile file = KeyFile.parse(path, json.getBytes(StandardCharsets.UTF_8), ROLE, FIELDS);
        return new PartnerKeys(file, KeyGeneration.chainKey(path, file.secret(CHAIN_KEY)));
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

    /** Key of totals salts and noise shares. */
    public SecretBytes noiseSeed() {
        return file.secret(NOISE_SEED);
    }

    /** Key of event ids. */
    public SecretBytes eventKey() {
        return file.secret(EVENT_KEY);
    }

    /** Signs with {@link #chainKey()}. */
    public ChainKey chain() {
        return chain;
    }

    public Address address() {
        return chain.address();
    }

    @Override
    public String toString() {
        return "PartnerKeys[" + name() + ", " + address() + ", redacted]";
    }
}
