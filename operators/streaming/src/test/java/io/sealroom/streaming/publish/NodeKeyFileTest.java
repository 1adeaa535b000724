package io.sealroom.streaming.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeKeyFileTest {

    private final Path directory;

    NodeKeyFileTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void hexWithWhiteSpace_loaded() throws Exception {
        Path file = Files.writeString(directory.resolve("key"), " 0x" + TestRoom.NODE_KEY + "\n");
        assertThat(new NodeKeyFile(file.toString()).load().account())
                .isEqualTo(TestRoom.NODE.account());
    }

    @Test
    void noFile_refused() {
        assertThatThrownBy(() -> new NodeKeyFile(directory.resolve("none").toString()).load())
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void noKeyInFile_refusedWithoutItsContent() throws Exception {
        Path file = Files.writeString(directory.resolve("key"), "5ec2e7");
        assertThatThrownBy(() -> new NodeKeyFile(file.toString()).load())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("key")
                .hasNoCause()
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("5ec2e7");
    }
}
