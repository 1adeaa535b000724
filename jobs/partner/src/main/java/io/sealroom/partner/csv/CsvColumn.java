package io.sealroom.partner.csv;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Columns of the input, in file order. */
public enum CsvColumn {
    EVENT_ID(0),
    ID_TYPE(1),
    IDENTIFIER(2),
    TIMESTAMP(3),
    KIND(4),
    CELL(5),
    VALUE(6);

    private final int position;

    CsvColumn(int position) {
        this.position = position;
    }

    /** Place in the line, from 0. */
    int position() {
        return position;
    }

    /** As in the header. */
    public String header() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> headers() {
        return Arrays.stream(values()).map(CsvColumn::header).toList();
    }
}
