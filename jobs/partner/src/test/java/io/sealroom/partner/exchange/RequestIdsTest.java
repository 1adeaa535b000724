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
    void open_fileThatIsNoNumber_isRefused() throws IOException {
        Files.writeString(directory.resolve("request-ids"), "many");

        assertThatThrownBy(() -> new RequestIds(directory, clockAt(1)))
                .isInstanceOf(IOException.class);
    }

    private static Clock clockAt(long millis) {
        return Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }
}
