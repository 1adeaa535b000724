package io.sealroom.partner.input;

import io.sealroom.partner.csv.CsvRejectReason;
import io.sealroom.partner.csv.RowInput;
import io.sealroom.partner.csv.RowIntake;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.schemas.hash.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON lines that are read to their end before the first event is sent. */
public final class JsonLinesInput implements RowInput {

    private final String name;
    private final Source source;

    /** Where lines come from. */
    private interface Source {
        InputStream open() throws IOException;
    }

    private JsonLinesInput(String name, Source source) {
        this.name = name;
        this.source = source;
    }

    public static JsonLinesInput ofFile(Path file) {
        return new JsonLinesInput(file.toString(), () -> Files.newInputStream(file));
    }

    /** Can be read once. */
    public static JsonLinesInput ofStandardInput(InputStream in) {
        return new JsonLinesInput("standard input", () -> in);
    }

    /** Looks whether there is such a file; standard input is always there. */
    @Override
    public void requireUsable() throws AgentException {
        if (name.equals("standard input")) {
            return;
        }
        try (InputStream in = source.open()) {
            int unused = in.read();
        } catch (IOException e) {
            throw AgentException.badInput("input %s cannot be read: %s", name, e);
        }
    }

    @Override
    public void read(RowIntake intake) throws AgentException {
        try (JsonEventLines lines = new JsonEventLines(source.open())) {
            for (JsonEventLines.Line line = lines.next(); line != null; line = lines.next()) {
                take(line, intake);
            }
        } catch (IOException e) {
            throw AgentException.badInput("input %s cannot be read: %s", name, e);
        }
    }

    private static void take(JsonEventLines.Line line, RowIntake intake) {
        Bytes bytes = line.bytes();
        if (bytes == null) {
            intake.broken(line.number(), null, CsvRejectReason.LINE_TOO_LONG);
            return;
        }
        JsonEvent event = JsonEventRules.read(bytes.toBytes());
        if (event instanceof JsonEvent.Fields fields) {
            intake.fields(line.number(), fields.texts());
        } else if (event instanceof JsonEvent.Broken broken) {
            intake.broken(line.number(), broken.column(), broken.reason());
        }
    }
}
