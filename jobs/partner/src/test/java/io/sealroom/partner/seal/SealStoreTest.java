package io.sealroom.partner.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.schemas.hash.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealStoreTest {

    private final Path directory;

    SealStoreTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void load_beforeTheFirst_isNothing() throws IOException {
        assertThat(new SealStore(directory).load()).isEmpty();
    }

    @Test
    void load_afterStore_isTheLastStepByteForByte() throws IOException {
        StoredStep first = new StoredStep(0, 10, List.of(Bytes.fromHex("01")));
        StoredStep second =
                new StoredStep(10, 20, List.of(Bytes.fromHex("02ff"), Bytes.fromHex("03")));

        new SealStore(directory).store(first);
        new SealStore(directory).store(second);

        assertThat(new SealStore(directory).load()).contains(second);
    }

    @Test
    void storeReanchoring_besideAStep_leavesThatAsItIs() throws IOException {
        StoredStep step = new StoredStep(0, 10, List.of(Bytes.fromHex("01")));
        StoredStep reanchoring = new StoredStep(0, 20, List.of(Bytes.fromHex("02")));
        SealStore store = new SealStore(directory);

        store.store(step);
        assertThat(store.loadReanchoring()).isEmpty();
        store.storeReanchoring(reanchoring);

        assertThat(store.load()).contains(step);
        assertThat(store.loadReanchoring()).contains(reanchoring);
    }

    @Test
    void load_fileThatIsNone_isRefused() throws IOException {
        Files.writeString(directory.resolve("seals.json"), "{\"from\": 1}");

        assertThatThrownBy(() -> new SealStore(directory).load())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("seals.json");
    }
}
