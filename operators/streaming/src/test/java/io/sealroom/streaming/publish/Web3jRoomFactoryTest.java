package io.sealroom.streaming.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.contracts.ChainSigner;
import io.sealroom.contracts.RoomContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Web3jRoomFactoryTest {

    /** Nobody listens there. */
    private static final String AWAY = "http://127.0.0.1:1";

    private final Path directory;

    Web3jRoomFactoryTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void endpointAway_opens() throws Exception {
        try (RoomContract room = Web3jRoomFactory.reading(AWAY, TestRoom.IDENTITY).open()) {
            assertThat(room.location()).isEqualTo(Words.location(TestRoom.IDENTITY));
            assertThatThrownBy(room::finalBlock).isInstanceOf(IOException.class);
        }
    }

    @Test
    void endpointInFile_readWhereItIsOpened() throws Exception {
        Path file = directory.resolve("endpoint");
        var factory = Web3jRoomFactory.reading(file.toUri().toString(), TestRoom.IDENTITY);
        assertThatThrownBy(factory::open).isInstanceOf(NoSuchFileException.class);
        Files.writeString(file, AWAY + "\n");
        factory.open().close();
    }

    @Test
    void senderKey_readWhereItIsOpened() throws Exception {
        Path file = directory.resolve("key");
        String path = file.toString();
        NodeKey key = () -> ChainSigner.fromHex(Files.readString(Path.of(path)));
        var factory = Web3jRoomFactory.sending(AWAY, TestRoom.IDENTITY, key);
        assertThatThrownBy(factory::open).isInstanceOf(NoSuchFileException.class);
        Files.writeString(file, TestRoom.NODE_KEY);
        factory.open().close();
        assertThat(
                        new String(
                                InstantiationUtil.serializeObject(factory),
                                StandardCharsets.ISO_8859_1))
                .doesNotContain(TestRoom.NODE_KEY);
    }

    @Test
    void maxFeeBelowOne_refused() {
        assertThatThrownBy(
                        () ->
                                Web3jRoomFactory.sending(
                                        AWAY, TestRoom.IDENTITY, () -> TestRoom.NODE, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxFeeGwei");
    }

    @Test
    void defaultMaxFee_isThis() {
        assertThat(Web3jRoomFactory.MAX_FEE_GWEI_DEFAULT).isEqualTo(500);
    }
}
