package io.sealroom.partner.csv;

import io.sealroom.partner.event.CheckedEvent;

/**
 * One event of the file.
 *
 * @param line where its record begins, from 1
 * @param event what it says
 */
public record CsvRow(long line, CheckedEvent event) {

    /** The line only: everything else says something about a person. */
    @Override
    public String toString() {
        return "CsvRow[line " + line + "]";
    }
}
