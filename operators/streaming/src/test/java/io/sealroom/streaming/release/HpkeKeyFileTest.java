package io.sealroom.streaming.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.streaming.testing.TestingKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HpkeKeyFileTest {

    private static final byte[] KEY = TestingKeys.hpkeKey("node-one");

    @Test
    void hpkePrivateKey_hexWithOrWithoutPrefix_read(@TempDir Path directory) throws Exception {
        String digits = HexFormat.of().formatHex(KEY);
        assertThat(file(directory, digits).hpkePrivateKey().openSecret()).isEqualTo(KEY);
        assertThat(file(directory, "0x" + digits + "\n").hpkePrivateKey().openSecret())
                .isEqualTo(KEY);
    }

    @Test
    void hpkePrivateKey_anythingElse_refusedWithoutQuotingIt(@TempDir Path directory)
            throws Exception {
        for (String text : new String[] {"", "c0ffee", "no key ".repeat(9) + "0"}) {
            HpkeKeyFile file = file(directory, text);
            assertThatThrownBy(file::hpkePrivateKey)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("must hold 64 hex digits")
                    .hasMessageNotContaining("c0ffee")
                    .hasNoCause();
        }
    }

    @Test
    void hpkePrivateKey_noFile_ioException(@TempDir Path directory) {
        assertThatThrownBy(
                        () ->
                                new HpkeKeyFile(directory.resolve("absent").toString())
                                        .hpkePrivateKey())
                .isInstanceOf(IOException.class);
    }

    private static HpkeKeyFile file(Path directory, String text) throws IOException {
        return new HpkeKeyFile(Files.writeString(directory.resolve("key"), text).toString());
    }
}
