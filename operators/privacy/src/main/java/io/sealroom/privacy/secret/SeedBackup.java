package io.sealroom.privacy.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.schemas.hash.Lp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * A copy of an OPRF seed under a passphrase: AES-256-GCM with a key of scrypt (RFC 7914, N = 2^15,
 * r = 8, p = 1: 32 MiB and about a tenth of a second a guess). Partner, room and epoch stand in the
 * clear and are bound.
 *
 * <pre>{"version": 1, "role": "oprf-seed-backup", "name": "publisher", "room": "spring",
 *  "epoch": 731, "salt": "0x...", "nonce": "0x...", "sealed": "0x..."}</pre>
 *
 * <p>Whoever has it and the passphrase can evaluate for its epoch and all later ones.
 */
public final class SeedBackup {

    private static final String ROLE = "oprf-seed-backup";
    private static final byte[] TAG = Lp.text("sealroom/oprf-seed-backup/v1");
    private static final String SALT = "salt";
    private static final String NONCE = "nonce";
    private static final String SEALED = "sealed";
    private static final int SALT_LENGTH = 16;
    private static final int NONCE_LENGTH = 12;
    private static final int GCM_TAG_LENGTH = 16;
    private static final int COST = 1 << 15;
    private static final int BLOCK_SIZE = 8;
    private static final int PARALLEL = 1;
    private static final int KEY_LENGTH = 32;
    private static final long BYTES_MAX = 65_536;

    private SeedBackup() {}

    /**
     * Writes a new file with mode 600.
     *
     * @throws KeyFileException if the file exists, or nothing is left of the seed
     * @throws IOException if it cannot be written
     */
    public static void create(Path backup, StoredSeed stored, SecretBytes passphrase)
            throws IOException {
        SecretBytes seed;
        ObjectNode root = SecretJson.object(ROLE, stored.name());
        root.putNull(OprfSeedFile.ROOM).putNull(OprfSeedFile.EPOCH);
        if (stored instanceof StoredSeed.Unbound unbound) {
            seed = unbound.seed();
        } else if (stored instanceof StoredSeed.Bound bound) {
            seed = bound.seed();
            root.put(OprfSeedFile.ROOM, bound.room()).put(OprfSeedFile.EPOCH, bound.epoch());
        } else {
            throw KeyFileException.of(backup, "is not made: the seed has been erased");
        }
        SecureRandom random = new SecureRandom();
        byte[] salt = random(SALT_LENGTH, random);
        byte[] nonce = random(NONCE_LENGTH, random);
        byte[] opened = seed.openSecret();
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, passphrase, salt, nonce, header(stored))
                            .doFinal(opened);
            root.put(SALT, hex(salt)).put(NONCE, hex(nonce)).put(SEALED, hex(sealed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        } finally {
            Arrays.fill(opened, (byte) 0);
        }
        OwnerOnlyFile.create(backup, SecretJson.text(root));
    }

    /**
     * @throws KeyFileException if it is not a backup, was changed, or the passphrase is another
     * @throws IOException if it cannot be read
     */
    public static StoredSeed open(Path backup, SecretBytes passphrase) throws IOException {
        JsonNode root =
                SecretJson.parse(
                        backup,
                        text(backup),
                        ROLE,
                        List.of(OprfSeedFile.ROOM, OprfSeedFile.EPOCH, SALT, NONCE, SEALED));
        byte[] salt = SecretJson.bytes(backup, root, SALT, SALT_LENGTH);
        byte[] nonce = SecretJson.bytes(backup, root, NONCE, NONCE_LENGTH);
        byte[] sealed = SecretJson.bytes(backup, root, SEALED, StoredSeed.LENGTH + GCM_TAG_LENGTH);
        String name = SecretJson.name(backup, root, "name");
        if (OprfSeedFile.isNull(backup, root, OprfSeedFile.ROOM)
                && OprfSeedFile.isNull(backup, root, OprfSeedFile.EPOCH)) {
            byte[] header = header(name);
            return new StoredSeed.Unbound(
                    name, unseal(backup, passphrase, salt, nonce, header, sealed));
        }
        String room = SecretJson.name(backup, root, OprfSeedFile.ROOM);
        long epoch = OprfSeedFile.epoch(backup, root);
        byte[] header = header(name, room, epoch);
        return new StoredSeed.Bound(
                name, room, epoch, unseal(backup, passphrase, salt, nonce, header, sealed));
    }

    private static SecretBytes unseal(
            Path backup,
            SecretBytes passphrase,
            byte[] salt,
            byte[] nonce,
            byte[] header,
            byte[] sealed)
            throws KeyFileException {
        try {
            byte[] opened =
                    cipher(Cipher.DECRYPT_MODE, passphrase, salt, nonce, header).doFinal(sealed);
            SecretBytes seed = SecretBytes.copyOf(opened);
            Arrays.fill(opened, (byte) 0);
            return seed;
        } catch (AEADBadTagException e) {
            throw KeyFileException.of(
                    backup, "does not open: the passphrase is another, or the file was changed");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    private static Cipher cipher(
            int mode, SecretBytes passphrase, byte[] salt, byte[] nonce, byte[] header)
            throws GeneralSecurityException {
        byte[] phrase = passphrase.openSecret();
        byte[] key = SCrypt.generate(phrase, salt, COST, BLOCK_SIZE, PARALLEL, KEY_LENGTH);
        Arrays.fill(phrase, (byte) 0);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    mode,
                    new SecretKeySpec(key, "AES"),
                    new GCMParameterSpec(Byte.SIZE * GCM_TAG_LENGTH, nonce));
            cipher.updateAAD(header);
            return cipher;
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] header(StoredSeed stored) {
        return stored instanceof StoredSeed.Bound bound
                ? header(bound.name(), bound.room(), bound.epoch())
                : header(stored.name());
    }

    private static byte[] header(String name) {
        return Lp.of(TAG, Lp.text(name));
    }

    private static byte[] header(String name, String room, long epoch) {
        return Lp.of(TAG, Lp.text(name), Lp.text(room), Lp.u64(epoch));
    }

    /** Whoever reads it learns nothing, so that it may lie where files have no owner. */
    private static byte[] text(Path backup) throws IOException {
        try {
            if (Files.size(backup) > BYTES_MAX) {
                throw KeyFileException.of(backup, "must have at most %d bytes", BYTES_MAX);
            }
            return Files.readAllBytes(backup);
        } catch (NoSuchFileException e) {
            throw KeyFileException.of(backup, "does not exist");
        }
    }

    private static byte[] random(int length, SecureRandom random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String hex(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }
}
