package io.sealroom.partner.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvRecordsTest {

    @Test
    void next_quotedFields_unquotesAndCountsPhysicalLines() throws IOException {
        assertThat(all("a,\"b,\"\"c\"\"\"\r\n\"d\ne\",f\r\ng,h"))
                .containsExactly(
                        new CsvRecords.Found.Fields(1, List.of("a", "b,\"c\"")),
                        new CsvRecords.Found.Fields(2, List.of("d\ne", "f")),
                        new CsvRecords.Found.Fields(4, List.of("g", "h")));
    }

    @Test
    void next_emptyLinesAndByteOrderMark_areSkipped() throws IOException {
        assertThat(all("\uFEFFa,b\n\n\r\nc,d\n\n"))
                .containsExactly(
                        new CsvRecords.Found.Fields(1, List.of("a", "b")),
                        new CsvRecords.Found.Fields(4, List.of("c", "d")));
    }

    @Test
    void next_quoteNeverClosed_costsItsOwnLineOnly() throws IOException {
        assertThat(all("a,b\n\"c,d\ne,f\ng,h\n"))
                .containsExactly(
                        new CsvRecords.Found.Fields(1, List.of("a", "b")),
                        new CsvRecords.Found.Broken(2, CsvRejectReason.LINE_MALFORMED),
                        new CsvRecords.Found.Fields(3, List.of("e", "f")),
                        new CsvRecords.Found.Fields(4, List.of("g", "h")));
    }

    @Test
    void next_quoteOpenBeyondTheBound_costsItsOwnLineOnly() throws IOException {
        String filler = "x".repeat(1000) + ",y\n";

        List<CsvRecords.Found> found = all("\"open\n" + filler.repeat(100) + "\"late\n");

        assertThat(found).hasSize(102);
        assertThat(found.get(0))
                .isEqualTo(new CsvRecords.Found.Broken(1, CsvRejectReason.LINE_MALFORMED));
        assertThat(found.get(100)).isInstanceOf(CsvRecords.Found.Fields.class);
        assertThat(found.get(101))
                .isEqualTo(new CsvRecords.Found.Broken(102, CsvRejectReason.LINE_MALFORMED));
    }

    @Test
    void next_lineBeyondTheBound_isRejectedAndReadPast() throws IOException {
        assertThat(all("x".repeat(CsvRecords.LENGTH_MAX + 1) + "\na,b\n"))
                .containsExactly(
                        new CsvRecords.Found.Broken(1, CsvRejectReason.LINE_TOO_LONG),
                        new CsvRecords.Found.Fields(2, List.of("a", "b")));
    }

    @Test
    void next_loneCarriageReturn_isNotASecondRecord() throws IOException {
        assertThat(all("a,b\rc,d\ne,f\n"))
                .containsExactly(
                        new CsvRecords.Found.Broken(1, CsvRejectReason.LINE_MALFORMED),
                        new CsvRecords.Found.Fields(2, List.of("e", "f")));
    }

    private static List<CsvRecords.Found> all(String text) throws IOException {
        List<CsvRecords.Found> found = new ArrayList<>();
        try (CsvRecords records =
                new CsvRecords(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            for (var next = records.next(); next != null; next = records.next()) {
                found.add(next);
            }
        }
        return found;
    }
}
