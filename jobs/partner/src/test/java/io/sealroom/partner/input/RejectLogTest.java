package io.sealroom.partner.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectLogTest {

    /** A stop interrupts the sender, perhaps just here; what is done is committed afterwards. */
    @Test
    void add_byAnInterruptedThread_writesAndStaysOpen(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("rejects.csv");
        try (RejectLog log = RejectLog.ofRecords(file)) {
            Thread.currentThread().interrupt();
            log.add("0,1", "", "LINE_MALFORMED");
            assertThat(Thread.interrupted()).isTrue();

            log.add("0,2", "cell", "CELL_UNKNOWN");
            log.force();
        }
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "partition,offset,field,reason",
                        "0,1,,LINE_MALFORMED",
                        "0,2,cell,CELL_UNKNOWN");
    }

    @Test
    void open_again_goesOnForRecordsAndBeginsAnewForLines(@TempDir Path directory)
            throws Exception {
        Path file = directory.resolve("rejects.csv");
        for (int run = 0; run < 2; run++) {
            try (RejectLog log = RejectLog.ofRecords(file)) {
                log.add("0," + run, "", "LATE");
            }
        }
        assertThat(Files.readAllLines(file))
                .containsExactly("partition,offset,field,reason", "0,0,,LATE", "0,1,,LATE");

        RejectLog.ofLines(file).close();
        assertThat(Files.readAllLines(file)).containsExactly("line,field,reason");
    }
}
