package io.sealroom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.privacy.secret.KeyFileException;
import io.sealroom.privacy.secret.NodeKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeKeyFileTest {

    private static NodeKeys write(Path file) throws IOException {
        NodeKeys keys = NodeKeys.generate("node-one", new SecureRandom());
        keys.write(file);
        return keys;
    }

    @Test
    void keys_generatedFile_areItsKeys(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("node.json");
        NodeKeys keys = write(file);
        NodeKeyFile read = new NodeKeyFile(file.toString());
        assertThat(read.hpkePrivateKey()).isEqualTo(keys.hpkePrivateKey());
        assertThat(read.load().account().hex()).isEqualTo(keys.address().hex());
    }

    @Test
    void keys_missingOrReadableByOthers_areRefused(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("node.json");
        NodeKeyFile read = new NodeKeyFile(file.toString());
        assertThatThrownBy(read::load).isInstanceOf(IOException.class);
        write(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(read::load).isInstanceOf(KeyFileException.class);
        assertThatThrownBy(read::hpkePrivateKey).isInstanceOf(KeyFileException.class);
    }

    @Test
    void serialise_reference_holdsThePathAndNoKey(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("node.json");
        NodeKeys keys = write(file);
        String bytes =
                new String(
                        InstantiationUtil.serializeObject(new NodeKeyFile(file.toString())),
                        StandardCharsets.ISO_8859_1);
        byte[] secret = keys.hpkePrivateKey().openSecret();
        assertThat(bytes)
                .contains("node.json")
                .doesNotContain(HexFormat.of().formatHex(secret))
                .doesNotContain(new String(secret, StandardCharsets.ISO_8859_1));
    }
}
