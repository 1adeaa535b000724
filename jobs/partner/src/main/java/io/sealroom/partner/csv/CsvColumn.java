package io.sealroom.partner.csv;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Columns of the input, in file order. */
public enum CsvColumn {
    EVENT_ID(0, "eventId"),
    ID_TYPE(1, "idType"),
    IDENTIFIER(2, "identifier"),
    TIMESTAMP(3, "timestamp"),
    KIND(4, "kind"),
    CELL(5, "cell"),
    VALUE(6, "value");

    private final int position;
    private final String jsonName;

    CsvColumn(int position, String jsonName) {
        this.position = position;
        this.jsonName = jsonName;
    }

    /** Place in the line, from 0. */
    public int position() {
        return position;
    }

    /** As in the header. */
    public String header() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the same field is called in JSON lines. */
    public String jsonName() {
        return jsonName;
    }

    static List<String> headers() {
        return Arrays.stream(values()).map(CsvColumn::header).toList();
    }
}
