package io.sealroom.cli.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.cli.UsageException;
import io.sealroom.cli.verify.SampleRoom;
import io.sealroom.privacy.secret.KeyGeneration;
import io.sealroom.privacy.secret.NodeKeys;
import io.sealroom.privacy.secret.PartnerKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SenderKeyTest {

    private final Path directory;

    SenderKeyTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private Path file(String text, String mode) throws IOException {
        Path file = Files.writeString(directory.resolve("key"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void read_hex_isItsSigner() throws IOException {
        for (String text :
                List.of("22".repeat(32), "0x" + "22".repeat(32), "22".repeat(32) + "\n")) {
            assertThat(SenderKey.read(file(text, "rw-------")).account())
                    .isEqualTo(SampleRoom.PARTNERS.get(0).account());
        }
    }

    @Test
    void read_keyFiles_areTheirChainKeys() throws IOException {
        KeyGeneration.generate(directory, List.of("publisher"), List.of("node-one"));
        Path partner = KeyGeneration.partnerFile(directory, "publisher");
        assertThat(SenderKey.read(partner).account().hex())
                .isEqualTo(PartnerKeys.read(partner).address().hex());
        Path node = KeyGeneration.nodeFile(directory, "node-one");
        assertThat(SenderKey.read(node).account().hex())
                .isEqualTo(NodeKeys.read(node).address().hex());
    }

    @Test
    void read_othersMayRead_isRefused() throws IOException {
        Path file = file("22".repeat(32), "rw-r-----");
        assertThatThrownBy(() -> SenderKey.read(file))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("has mode rw-r-----")
                .hasMessageContaining("chmod 600");
    }

    @Test
    void read_noKey_isRefusedWithoutQuotingIt() throws IOException {
        for (String text :
                List.of(
                        "",
                        "22".repeat(31),
                        "00".repeat(32),
                        "{\"22\":22}",
                        "{22",
                        "zz".repeat(32))) {
            Path file = file(text, "rw-------");
            assertThatThrownBy(() -> SenderKey.read(file))
                    .isInstanceOf(UsageException.class)
                    .extracting(Throwable::getMessage)
                    .asString()
                    .contains(file.toString())
                    .doesNotContain("2222");
        }
    }
}
