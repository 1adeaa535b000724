package io.sealroom.cli.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.cli.Inputs;
import io.sealroom.cli.UsageException;
import io.sealroom.contracts.ChainSigner;
import io.sealroom.privacy.secret.KeyFileException;
import io.sealroom.privacy.secret.NodeKeys;
import io.sealroom.privacy.secret.PartnerKeys;
import io.sealroom.privacy.secret.SecretBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/**
 * The key that transactions are paid with, out of a file that only its owner may read: 64 hex
 * digits, or the chain key of a partner's or node's key file.
 */
public final class SenderKey {

    private static final int BYTES_MAX = 65_536;
    private static final Set<PosixFilePermission> OTHERS =
            PosixFilePermissions.fromString("---rwxrwx");

    private SenderKey() {}

    /**
     * @throws UsageException if the file cannot be read or used, or others have access to it; the
     *     message never quotes it
     */
    public static ChainSigner read(Path file) {
        try {
            requireOwnerOnly(file);
            if (Files.size(file) > BYTES_MAX) {
                throw unusable(file);
            }
            String text = Files.readString(file, StandardCharsets.UTF_8).strip();
            return text.startsWith("{") ? ofKeyFile(file, text) : ChainSigner.fromHex(text);
        } catch (IllegalArgumentException e) {
            throw unusable(file);
        } catch (KeyFileException e) {
            // Of the file and the rule only.
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw Inputs.unreadable(file, e);
        }
    }

    /** The chain key of a partner, for transactions. */
    public static ChainSigner of(PartnerKeys keys) {
        return signer(keys.chainKey());
    }

    private static ChainSigner ofKeyFile(Path file, String text) throws IOException {
        try {
            JsonNode role = new ObjectMapper().readTree(text).path("role");
            return role.asText().equals("node")
                    ? signer(NodeKeys.read(file).chainKey())
                    : signer(PartnerKeys.read(file).chainKey());
        } catch (JsonProcessingException e) {
            throw unusable(file);
        }
    }

    private static ChainSigner signer(SecretBytes secret) {
        byte[] opened = secret.openSecret();
        try {
            return ChainSigner.fromHex(HexFormat.of().formatHex(opened));
        } finally {
            Arrays.fill(opened, (byte) 0);
        }
    }

    private static void requireOwnerOnly(Path file) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (permissions.stream().anyMatch(OTHERS::contains)) {
            throw new UsageException(
                    String.format(
                            "%s has mode %s; only its owner may have access: chmod 600",
                            file, PosixFilePermissions.toString(permissions)));
        }
    }

    private static UsageException unusable(Path file) {
        return new UsageException(
                String.format(
                        "%s must hold a private key as 64 hex digits, or be a key file of"
                                + " 'sealroom keys generate'",
                        file));
    }
}
