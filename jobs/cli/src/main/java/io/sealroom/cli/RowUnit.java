package io.sealroom.cli;

import io.sealroom.schemas.release.Metric;
import java.math.BigDecimal;

/** What the numbers of a row count, for whoever reads them. */
public enum RowUnit {
    IDENTIFIERS("identifiers", 0),
    /** The rows have millionths. */
    CONVERSIONS("conversions", 6),
    MINOR_UNITS("minor units", 0);

    private final String words;
    private final int decimals;

    RowUnit(String words, int decimals) {
        this.words = words;
        this.decimals = decimals;
    }

    public static RowUnit of(Metric metric) {
        return switch (metric) {
            case COUNT -> CONVERSIONS;
            case VALUE -> MINOR_UNITS;
            case OVERLAP_TOTAL, REACH, OVERLAP_CELL, CONVERTERS, CAPS -> IDENTIFIERS;
        };
    }

    public String words() {
        return words;
    }

    /** From the unit of the rows to that of the words. */
    public BigDecimal of(BigDecimal inRows) {
        return inRows.movePointLeft(decimals);
    }
}
