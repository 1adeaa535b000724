package io.sealroom.partner.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestIdsTest {

    private final Path directory;

    RequestIdsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void next_afterRestartWithAnEarlierClock_stillRises() throws IOException {
        RequestIds first = new RequestIds(directory, clockAt(1_000_000));
        long last = 0;
        for (int i = 0; i < 1500; i++) {
            long id = first.next();
            assertThat(id).isGreaterThan(last);
            last = id;
        }

        assertThat(new RequestIds(directory, clockAt(1)).next()).isGreaterThan(last);
    }

    @Test
    void next_stateLost_beginsAboveWhatAnEarlierOneUsed() throws IOException {
        long before = new RequestIds(directory, clockAt(1_000_000)).next();
        Files.delete(directory.resolve("request-ids"));

        assertThat(new RequestIds(directory, clockAt(1_000_001)).next()).isGreaterThan(before);
    }

    @Test
    void next_directoryRestoredFromAnOldCopy_usesNoIdTwice() throws IOException {
        RequestIds first = new RequestIds(directory, clockAt(1_000_000));
        first.next();
        byte[] copy = Files.readAllBytes(directory.resolve("request-ids"));
        long last = 0;
        for (int i = 0; i < 1500; i++) {
            last = first.next();
        }

        Files.write(directory.resolve("request-ids"), copy);

        assertThat(new RequestIds(directory, clockAt(1_060_000)).next()).isGreaterThan(last);
    }

    @Test
    void jump_leavesIdsOut_alsoAfterARestart() throws IOException {
        RequestIds ids = new RequestIds(directory, clockAt(1_000_000));
        long before = ids.next();
        ids.jump(5_000_000);
        long after = ids.next();

        assertThat(after).isEqualTo(before + 1 + 5_000_000);
        assertThat(new RequestIds(directory, clockAt(1)).next()).isGreaterThan(after);
    }

    @Test
    void jump_withoutEnd_neverLeavesTheNumbers() throws IOException {
        RequestIds ids = new RequestIds(directory, clockAt(1_000_000));
        long last = ids.next();
        for (int i = 0; i < 100; i++) {
            ids.jump(1L << 60);
            long id = ids.next();
            assertThat(id).isGreaterThan(last);
            last = id;
        }
    }

    @Test
    void open_fileThatIsNoNumber_isRefused() throws IOException {
        Files.writeString(directory.resolve("request-ids"), "many");

        assertThatThrownBy(() -> new RequestIds(directory, clockAt(1)))
                .isInstanceOf(IOException.class);
    }

    private static Clock clockAt(long millis) {
        return Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }
}
