package io.sealroom.partner.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.partner.csv.CsvColumn;
import io.sealroom.partner.csv.CsvRow;
import io.sealroom.partner.csv.RejectsFile;
import io.sealroom.partner.csv.RowIntake;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.TestRoom;
import io.sealroom.privacy.identifier.EventIdKey;
import io.sealroom.privacy.secret.SecretBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesInputTest {

    private final TestRoom room = TestRoom.file("test-room");
    private final EventIdKey eventIds = new EventIdKey(SecretBytes.copyOf(new byte[32]));
    private final List<String> counted = new ArrayList<>();
    private final Path directory;

    JsonLinesInputTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void read_goodAndBadLines_haveTheRowsAndReasonsOfCsv() throws Exception {
        List<CsvRow> rows =
                read(
                        "\uFEFF"
                                + line("e1", "a@b", TestRoom.START)
                                + "\r\n\n"
                                + line("e2", "nobody", TestRoom.START)
                                + "\nnonsense\n"
                                + line("e1", "c@d", TestRoom.START)
                                + "\n"
                                + line("e3", "c@d", TestRoom.END)
                                + "\n{\"eventId\":true}\n"
                                + "x".repeat(JsonEventLines.LENGTH_MAX + 1)
                                + "\n"
                                + line("e4", "e@f", TestRoom.START));

        assertThat(rows).extracting(CsvRow::line).containsExactly(1L, 9L);
        assertThat(rejects())
                .containsExactly(
                        "line,column,reason",
                        "3,identifier,EMAIL_MALFORMED",
                        "4,,LINE_MALFORMED",
                        "5,eventId,EVENT_ID_REPEATED",
                        "6,timestamp,TIMESTAMP_OUTSIDE_ROOM",
                        "7,eventId,FIELD_TYPE",
                        "8,,LINE_TOO_LONG");
        assertThat(counted).hasSize(6).contains("LINE_TOO_LONG");
    }

    @Test
    void read_longestLine_isStillALine() throws Exception {
        String padding = " ".repeat(JsonEventLines.LENGTH_MAX - line("e1", "a@b", 1).length() - 12);
        String line = padding + line("e1", "a@b", TestRoom.START);
        assertThat(line.length()).isEqualTo(JsonEventLines.LENGTH_MAX);

        assertThat(read(line)).hasSize(1);
        assertThat(read(" " + line)).isEmpty();
    }

    @Test
    void requireUsable_missingFile_isBadInput() {
        assertThatThrownBy(
                        () ->
                                JsonLinesInput.ofFile(directory.resolve("none.jsonl"))
                                        .requireUsable())
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("none.jsonl cannot be read");
    }

    @Test
    void requireUsable_standardInput_consumesNothing() throws Exception {
        InputStream in =
                new ByteArrayInputStream(
                        line("e1", "a@b", TestRoom.START).getBytes(StandardCharsets.UTF_8));
        JsonLinesInput input = JsonLinesInput.ofStandardInput(in);
        input.requireUsable();

        assertThat(read(input)).hasSize(1);
    }

    private static String line(String eventId, String identifier, long time) {
        return "{\"eventId\":\"%s\",\"idType\":\"email\",\"identifier\":\"%s\",\"timestamp\":%d,\"kind\":\"view\",\"cell\":\"news\"}"
                .formatted(eventId, identifier, time);
    }

    private List<CsvRow> read(String text) throws Exception {
        return read(
                JsonLinesInput.ofFile(Files.writeString(directory.resolve("events.jsonl"), text)));
    }

    private List<CsvRow> read(JsonLinesInput input) throws Exception {
        List<CsvRow> rows = new ArrayList<>();
        try (RejectsFile rejects =
                RejectsFile.create(
                        directory.resolve("rejects.csv"),
                        CsvColumn::jsonName,
                        reason -> counted.add(reason.name()))) {
            input.read(new RowIntake(room.policy(), eventIds, rows::add, rejects));
        }
        return rows;
    }

    private List<String> rejects() throws IOException {
        return Files.readAllLines(directory.resolve("rejects.csv"));
    }
}
