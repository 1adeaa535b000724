package io.sealroom.privacy.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.record.RecipientSecret;
import io.sealroom.schemas.record.WindowSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

    private final Path directory;

    KeyFileTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void write_partnerKeys_readBackEqualAndOnlyOwnerMayRead() throws IOException {
        PartnerKeys keys = PartnerKeys.generate("publisher", new SecureRandom());
        Path file = directory.resolve("keys.json");

        keys.write(file);
        PartnerKeys read = PartnerKeys.read(file);

        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(read.name()).isEqualTo("publisher");
        assertThat(read.chainKey()).isEqualTo(keys.chainKey());
        assertThat(read.noiseSeed()).isEqualTo(keys.noiseSeed());
        assertThat(read.eventKey()).isEqualTo(keys.eventKey());
        assertThat(read.address()).isEqualTo(keys.address());
        assertThat(List.of(keys.chainKey(), keys.noiseSeed(), keys.eventKey()))
                .doesNotHaveDuplicates();
    }

    @Test
    void write_nodeKeys_readBackEqualAndOpenWhatIsSealedToThem() throws IOException {
        NodeKeys keys = NodeKeys.generate("node-one", new SecureRandom());
        Path file = directory.resolve("keys.json");

        keys.write(file);
        NodeKeys read = NodeKeys.read(file);

        byte[] aad = {1, 2, 3};
        RecipientSecret secret =
                WindowSecrets.seal("node-one", keys.hpkePublicKey(), aad, new byte[64]);
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(read.chainKey()).isEqualTo(keys.chainKey());
        assertThat(WindowSecrets.open(secret, read.hpkePrivateKey().openSecret(), aad))
                .contains(new byte[64]);
    }

    @Test
    void write_overExistingFile_isRefusedAndKeepsIt() throws IOException {
        Path file = directory.resolve("keys.json");
        PartnerKeys first = PartnerKeys.generate("publisher", new SecureRandom());
        first.write(file);

        PartnerKeys second = PartnerKeys.generate("publisher", new SecureRandom());

        assertThatThrownBy(() -> second.write(file))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("never overwritten");
        assertThat(PartnerKeys.read(file).address()).isEqualTo(first.address());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw------x"})
    void read_fileOthersHaveAccessTo_isRefusedWithFileAndMode(String mode) throws IOException {
        Path file = directory.resolve("keys.json");
        PartnerKeys.generate("publisher", new SecureRandom()).write(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

        assertThatThrownBy(() -> PartnerKeys.read(file))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(mode)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void read_ownerMayOnlyRead_isAccepted() throws IOException {
        Path file = directory.resolve("keys.json");
        PartnerKeys.generate("publisher", new SecureRandom()).write(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));

        assertThat(PartnerKeys.read(file).name()).isEqualTo("publisher");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\" : 1|\"version\" : 2|version must be 1",
                "\"role\" : \"partner\"|\"role\" : \"node\"|role must be partner",
                "\"publisher\"|\"P\"|name must match",
                "\"noiseSeed\"|\"noise\"|unknown fields [noise]",
                // What key files had before the seed could be erased.
                "\"noiseSeed\"|\"oprfSeed\"|the seed has a file of its own",
                "\"noiseSeed\" : \"0x|\"noiseSeed\" : \"0y|noiseSeed must be 0x and 64",
                "{|[|must be one JSON object",
                // The last of two would win, whatever a reader of the file sees first.
                "{|{ \"name\" : \"other\",|must be one JSON object",
                "}|} {}|must be one JSON object",
            })
    void read_contentThatBreaksARule_isRefusedWithoutItsValues(String from, String to, String rule)
            throws IOException {
        Path file = directory.resolve("keys.json");
        PartnerKeys keys = PartnerKeys.generate("publisher", new SecureRandom());
        keys.write(file);
        Files.writeString(file, Files.readString(file).replace(from, to));

        assertThatThrownBy(() -> PartnerKeys.read(file))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining(rule)
                .hasNoCause()
                .message()
                .doesNotContain(Bytes.of(keys.noiseSeed().openSecret()).toHex().substring(2, 12));
    }

    @Test
    void read_chainKeyOutOfRange_isRefused() throws IOException {
        Path file = directory.resolve("keys.json");
        NodeKeys keys = NodeKeys.generate("node-one", new SecureRandom());
        keys.write(file);
        String hex = Bytes.of(keys.chainKey().openSecret()).toHex();
        Files.writeString(file, Files.readString(file).replace(hex, "0x" + "f".repeat(64)));

        assertThatThrownBy(() -> NodeKeys.read(file)).hasMessageContaining("chainKey must be in");
    }

    @Test
    void read_missingFile_isRefused() {
        assertThatThrownBy(() -> PartnerKeys.read(directory.resolve("none.json")))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void toString_ofKeys_showsNoSecret() {
        PartnerKeys partner = PartnerKeys.generate("publisher", new SecureRandom());
        NodeKeys node = NodeKeys.generate("node-one", new SecureRandom());

        assertThat(partner)
                .hasToString("PartnerKeys[publisher, " + partner.address() + ", redacted]");
        assertThat(node).hasToString("NodeKeys[node-one, " + node.address() + ", redacted]");
        assertThat(node.chain()).hasToString("ChainKey[" + node.address() + "]");
    }

    @Test
    void sign_recoversToAddress() {
        PartnerKeys keys = PartnerKeys.generate("publisher", new SecureRandom());
        var digest = Digests.id("anything");

        assertThat(Secp256k1.recover(digest, keys.chain().sign(digest).toBytes()))
                .contains(keys.address());
    }

    @Test
    void generate_partnersAndNodes_writesFilesAndTheirPublicParts() throws IOException {
        Path out = directory.resolve("keys");

        KeyGeneration.generate(out, List.of("publisher", "advertiser"), List.of("node-one"));

        JsonNode root = new ObjectMapper().readTree(out.resolve("participants.json").toFile());
        PartnerKeys advertiser = PartnerKeys.read(KeyGeneration.partnerFile(out, "advertiser"));
        NodeKeys node = NodeKeys.read(KeyGeneration.nodeFile(out, "node-one"));
        assertThat(OprfSeedFile.read(KeyGeneration.seedFile(out, "advertiser")))
                .isInstanceOf(StoredSeed.Unbound.class)
                .extracting(StoredSeed::name)
                .isEqualTo("advertiser");
        assertThat(root.at("/partners/0/name").asText()).isEqualTo("publisher");
        assertThat(root.at("/partners/1/address").asText()).isEqualTo(advertiser.address().hex());
        assertThat(root.at("/nodes/0/address").asText()).isEqualTo(node.address().hex());
        assertThat(root.at("/nodes/0/hpkePublicKey").asText())
                .isEqualTo(node.hpkePublicKey().toHex());
        assertThat(root.at("/nodes/0")).hasSize(3);
    }

    @Test
    void generate_auditors_writesTheirFilesAndPublicKeys() throws IOException {
        KeyGeneration.generate(directory, List.of(), List.of(), List.of("auditor-one"));

        Path file = KeyGeneration.auditorFile(directory, "auditor-one");
        AuditorKeys auditor = AuditorKeys.read(file);
        JsonNode root =
                new ObjectMapper().readTree(directory.resolve("participants.json").toFile());
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(auditor.name()).isEqualTo("auditor-one");
        assertThat(root.at("/auditors/0/hpkePublicKey").asText())
                .isEqualTo(auditor.hpkePublicKey().toHex());
        assertThat(root.at("/auditors/0")).hasSize(2);
        assertThatThrownBy(() -> NodeKeys.read(file)).isInstanceOf(KeyFileException.class);
        assertThat(auditor.toString()).contains("redacted");
    }

    @Test
    void generate_overExistingKeys_writesNothing() throws IOException {
        KeyGeneration.generate(directory, List.of("publisher"), List.of("node-one"));
        Files.delete(directory.resolve("participants.json"));

        assertThatThrownBy(
                        () ->
                                KeyGeneration.generate(
                                        directory, List.of("advertiser"), List.of("node-one")))
                .isInstanceOf(KeyFileException.class);
        assertThat(KeyGeneration.partnerFile(directory, "advertiser")).doesNotExist();
    }

    @Test
    void generate_nameThatBreaksItsRule_isRefused() {
        assertThatThrownBy(() -> KeyGeneration.generate(directory, List.of("../escape"), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                KeyGeneration.generate(
                                        directory, List.of("publisher", "publisher"), List.of()))
                .hasMessageContaining("distinct");
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
