package io.sealroom.partner;

import io.sealroom.partner.config.InputConfig;
import io.sealroom.partner.csv.CsvColumn;
import io.sealroom.partner.csv.CsvInput;
import io.sealroom.partner.csv.RejectsFile;
import io.sealroom.partner.csv.RowInput;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.input.JsonLinesInput;
import io.sealroom.partner.input.StandardInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * An input that has an end, and where its rejects go.
 *
 * @param rows reads it
 * @param rejectsFile is begun anew
 * @param names what it calls its fields
 */
record BoundedInput(RowInput rows, Path rejectsFile, Function<CsvColumn, String> names) {

    /** Nothing for a topic, which has no end, and where there is no input. */
    static Optional<BoundedInput> of(InputConfig config) {
        if (config instanceof InputConfig.Csv csv) {
            return Optional.of(
                    new BoundedInput(
                            new CsvInput(csv.csv()), csv.rejectsFile(), CsvColumn::header));
        }
        if (config instanceof InputConfig.JsonLines lines) {
            RowInput rows =
                    lines.file().isPresent()
                            ? JsonLinesInput.ofFile(lines.file().get())
                            : JsonLinesInput.ofStandardInput(StandardInput.open());
            return Optional.of(new BoundedInput(rows, lines.rejectsFile(), CsvColumn::jsonName));
        }
        return Optional.empty();
    }

    RejectsFile createRejects(RunObserver observer) throws AgentException {
        try {
            return RejectsFile.create(
                    rejectsFile, names, reason -> observer.rejected(reason.name()));
        } catch (IOException e) {
            throw OwnFile.rejectsFailed(e);
        }
    }
}
