package io.sealroom.partner.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;
import io.sealroom.partner.room.TestRoom;
import io.sealroom.privacy.identifier.EventIdKey;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvInputTest {

    private static final String HEADER = "event_id,id_type,identifier,timestamp,kind,cell,value";

    private final TestRoom room = TestRoom.file("test-room");
    private final EventIdKey eventIds = new EventIdKey(SecretBytes.copyOf(new byte[32]));
    private final Path directory;

    CsvInputTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void read_goodRows_keepsWhatTheySay() throws Exception {
        List<CsvRow> rows =
                rows(
                        "e1,email,Ann@Example.org,2026-01-05T01:00:00+01:00,view,news,",
                        "e2,PHONE,(650) 253-0000,1767571200001,Click,sports,",
                        "e3,email,ann@example.org,2026-01-05T02:59:59.999Z,conversion,,1999");

        assertThat(rejects()).isEmpty();
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).event().eventId()).isEqualTo(eventIds.derive("e1").orElseThrow());
        assertThat(rows.get(0).event().eventTime()).isEqualTo(TestRoom.START);
        assertThat(rows.get(0).event().identifier()).isEqualTo(rows.get(2).event().identifier());
        assertThat(rows.get(0).event().cell()).isEqualTo("news");
        assertThat(rows.get(0).event().value()).isNull();
        assertThat(rows.get(1).event().identifier().kind()).isEqualTo(IdentifierKind.PHONE);
        assertThat(rows.get(1).event().eventTime()).isEqualTo(TestRoom.START + 1);
        assertThat(rows.get(1).event().kind()).isEqualTo(EventKind.CLICK);
        assertThat(rows.get(2).event().eventTime()).isEqualTo(TestRoom.END - 1);
        assertThat(rows.get(2).event().cell()).isNull();
        assertThat(rows.get(2).event().value()).isEqualTo(1999);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",email,a@b,1767571200000,view,news,|event_id|EVENT_ID_EMPTY",
                "e,mail,a@b,1767571200000,view,news,|id_type|ID_TYPE_UNKNOWN",
                "e,email,,1767571200000,view,news,|identifier|IDENTIFIER_EMPTY",
                "e,email,a.b,1767571200000,view,news,|identifier|EMAIL_MALFORMED",
                "e,email,a@@b,1767571200000,view,news,|identifier|EMAIL_MALFORMED",
                "e,email,@b,1767571200000,view,news,|identifier|EMAIL_MALFORMED",
                "e,email,a a@b,1767571200000,view,news,|identifier|EMAIL_CHARACTER",
                "e,phone,none,1767571200000,view,news,|identifier|PHONE_MALFORMED",
                "e,phone,+1 000,1767571200000,view,news,|identifier|PHONE_INVALID",
                "e,phone,+1 650-253-0000 ext 4,1767571200000,view,news,|identifier|PHONE_EXTENSION",
                "e,email,a@b,2026-01-05T01:00:00,view,news,|timestamp|TIMESTAMP_MALFORMED",
                "e,email,a@b,yesterday,view,news,|timestamp|TIMESTAMP_MALFORMED",
                "e,email,a@b,1767571199999,view,news,|timestamp|TIMESTAMP_OUTSIDE_ROOM",
                "e,email,a@b,2026-01-05T03:00:00Z,view,news,|timestamp|TIMESTAMP_OUTSIDE_ROOM",
                "e,email,a@b,999999999999999999,view,news,|timestamp|TIMESTAMP_OUTSIDE_ROOM",
                "e,email,a@b,1767571200000,seen,news,|kind|KIND_UNKNOWN",
                "e,email,a@b,1767571200000,view,,|cell|CELL_MISSING",
                "e,email,a@b,1767571200000,click,weather,|cell|CELL_UNKNOWN",
                "e,email,a@b,1767571200000,conversion,news,5|cell|CELL_ON_CONVERSION",
                "e,email,a@b,1767571200000,conversion,,|value|VALUE_MISSING",
                "e,email,a@b,1767571200000,conversion,,1.50|value|VALUE_MALFORMED",
                "e,email,a@b,1767571200000,conversion,,-1|value|VALUE_NEGATIVE",
                "e,email,a@b,1767571200000,view,news,1|value|VALUE_ON_EXPOSURE",
                // Of several faults the first column's counts, whoever looks at it.
                ",mail,,yesterday,seen,,x|event_id|EVENT_ID_EMPTY",
                "e,mail,,yesterday,seen,,x|id_type|ID_TYPE_UNKNOWN",
                "e,email,,yesterday,seen,,x|identifier|IDENTIFIER_EMPTY",
                "e,email,a@b,yesterday,seen,,x|timestamp|TIMESTAMP_MALFORMED",
                "e,email,a@b,1767571200000,seen,,x|kind|KIND_UNKNOWN",
                "e,email,a@b,1767571200000,view,,x|cell|CELL_MISSING",
                "e,email,a@b,1767571200000,view,news,x|value|VALUE_ON_EXPOSURE",
                "e,email,a@b,1767571200000,view,news|''|COLUMN_COUNT",
                "e,email,a@b,1767571200000,view,news,,|''|COLUMN_COUNT",
                "\"e\"x,email,a@b,1767571200000,view,news,|''|LINE_MALFORMED",
                "\"e,email,a@b,1767571200000,view,news,|''|LINE_MALFORMED",
            })
    void read_badLine_isRejectedAloneWithColumnAndReason(String line, String column, String reason)
            throws Exception {
        List<CsvRow> rows =
                rows(
                        "before,email,a@b,1767571200000,view,news,",
                        line,
                        "after,email,a@b,1767571200000,view,news,");

        assertThat(rejects()).containsExactly("3," + column + "," + reason);
        assertThat(rows).extracting(CsvRow::line).containsExactly(2L, 4L);
    }

    @Test
    void read_identifierTooLong_isRejected() throws Exception {
        rows("e,email," + "a".repeat(2000) + "@b,1767571200000,view,news,");

        assertThat(rejects()).containsExactly("2,identifier,IDENTIFIER_TOO_LONG");
    }

    @Test
    void read_eventIdTwice_keepsTheFirst() throws Exception {
        List<CsvRow> rows =
                rows(
                        "e,email,a@b,1767571200000,view,news,",
                        "e,email,other@b,1767571200000,view,news,");

        assertThat(rows).extracting(CsvRow::line).containsExactly(2L);
        assertThat(rejects()).containsExactly("3,event_id,EVENT_ID_REPEATED");
    }

    @Test
    void read_bytesThatAreNotUtf8_rejectsThatLineOnly() throws Exception {
        Path file = directory.resolve("in.csv");
        Files.write(
                file,
                (HEADER
                                + "\ne1,email,\u00e4@b,1767571200000,view,news,"
                                + "\ne2,email,a@b,1767571200000,view,news,\n")
                        .getBytes(StandardCharsets.ISO_8859_1));

        List<CsvRow> rows = read(file);

        assertThat(rows).extracting(CsvRow::line).containsExactly(3L);
        assertThat(rejects()).containsExactly("2,,TEXT_MALFORMED");
    }

    @Test
    void read_otherHeader_endsTheRun() throws IOException {
        Path file = Files.writeString(directory.resolve("in.csv"), "id,email\n1,a@b\n");

        assertThatThrownBy(() -> read(file))
                .isInstanceOfSatisfying(
                        AgentException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT))
                .hasMessageContaining(file.toString())
                .hasMessageContaining(HEADER);
    }

    @Test
    void read_missingOrEmptyFile_endsTheRun() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty.csv"), "");

        assertThatThrownBy(() -> read(directory.resolve("none.csv")))
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> read(empty)).hasMessageContaining(HEADER);
    }

    @Test
    void counts_byReason() throws Exception {
        Path file = Files.writeString(directory.resolve("in.csv"), HEADER + "\na,b\nc\ne,x,,,,,\n");
        try (RejectsFile rejects = rejectsFile()) {
            new CsvInput(file).read(new RowIntake(room.policy(), eventIds, row -> {}, rejects));

            assertThat(rejects.counts())
                    .containsEntry(CsvRejectReason.COLUMN_COUNT, 2L)
                    .containsEntry(CsvRejectReason.ID_TYPE_UNKNOWN, 1L);
            assertThat(rejects.total()).isEqualTo(3);
        }
    }

    @Test
    void toString_ofRow_saysNothingAboutThePerson() throws Exception {
        List<CsvRow> rows = rows("e1,email,ann@example.org,1767571200000,view,news,");

        assertThat(rows.get(0)).hasToString("CsvRow[line 2]");
    }

    private List<CsvRow> rows(String... lines) throws Exception {
        Path file = directory.resolve("in.csv");
        Files.writeString(file, HEADER + "\r\n" + String.join("\r\n", lines) + "\r\n");
        return read(file);
    }

    private List<CsvRow> read(Path file) throws Exception {
        List<CsvRow> rows = new ArrayList<>();
        try (RejectsFile rejects = rejectsFile()) {
            new CsvInput(file).read(new RowIntake(room.policy(), eventIds, rows::add, rejects));
        }
        return rows;
    }

    private RejectsFile rejectsFile() throws IOException {
        return RejectsFile.create(
                directory.resolve("rejects.csv"), CsvColumn::header, reason -> {});
    }

    private List<String> rejects() throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve("rejects.csv"));
        assertThat(lines.get(0)).isEqualTo("line,column,reason");
        return lines.subList(1, lines.size());
    }
}
