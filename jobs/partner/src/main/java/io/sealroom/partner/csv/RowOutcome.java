package io.sealroom.partner.csv;

/** What a record of the input turned out to be. */
sealed interface RowOutcome {

    record Accepted(CsvRow row) implements RowOutcome {}

    record Rejected(CsvReject reject) implements RowOutcome {}
}
