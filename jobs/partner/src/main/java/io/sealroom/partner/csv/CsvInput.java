package io.sealroom.partner.csv;

import io.sealroom.partner.exit.AgentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a partner's file, one record at a time. */
public final class CsvInput implements RowInput {

    private final Path file;

    public CsvInput(Path file) {
        this.file = file;
    }

    @Override
    public void requireUsable() throws AgentException {
        try (CsvRecords records = new CsvRecords(Files.newInputStream(file))) {
            requireHeader(records.next());
        } catch (IOException e) {
            throw AgentException.badInput("input %s cannot be read: %s", file, e);
        }
    }

    @Override
    public void read(RowIntake intake) throws AgentException {
        try (CsvRecords records = new CsvRecords(Files.newInputStream(file))) {
            requireHeader(records.next());
            for (CsvRecords.Found found = records.next(); found != null; found = records.next()) {
                if (found instanceof CsvRecords.Found.Fields fields) {
                    intake.fields(fields.line(), fields.values());
                } else if (found instanceof CsvRecords.Found.Broken broken) {
                    intake.broken(broken.line(), null, broken.reason());
                }
            }
        } catch (IOException e) {
            throw AgentException.badInput("input %s cannot be read: %s", file, e);
        }
    }

    private void requireHeader(CsvRecords.@Nullable Found header) throws AgentException {
        if (!(header instanceof CsvRecords.Found.Fields fields)
                || !fields.values().equals(CsvColumn.headers())) {
            throw AgentException.badInput(
                    "input %s: the first line must be %s",
                    file, String.join(",", CsvColumn.headers()));
        }
    }
}
