package io.sealroom.partner.input;

import io.sealroom.partner.csv.CsvColumn;
import io.sealroom.partner.csv.CsvRejectReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one JSON text turned out to be. */
sealed interface JsonEvent {

    /**
     * One object of known fields.
     *
     * @param texts in the order of {@link CsvColumn}; empty where the field is null or missing
     */
    record Fields(List<String> texts) implements JsonEvent {

        /** Nothing: all of it says something about a person. */
        @Override
        public String toString() {
            return "Fields[redacted]";
        }
    }

    /**
     * Anything else.
     *
     * @param column the field at fault; null for the whole text
     */
    record Broken(@Nullable CsvColumn column, CsvRejectReason reason) implements JsonEvent {}
}
