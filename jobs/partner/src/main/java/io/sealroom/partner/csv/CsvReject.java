package io.sealroom.partner.csv;

import org.jspecify.annotations.Nullable;

/**
 * A line that became no event.
 *
 * @param line where the record begins, from 1
 * @param column which field breaks the rule; null for the whole line
 * @param reason stable code
 */
public record CsvReject(long line, @Nullable CsvColumn column, CsvRejectReason reason) {}
