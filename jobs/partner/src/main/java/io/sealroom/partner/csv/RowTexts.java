package io.sealroom.partner.csv;

import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one record. A text that means nothing is noted, and the substitute given for
 * it is read instead.
 */
final class RowTexts {

    private static final Pattern MILLIS = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,18}");

    private final List<String> fields;
    private @Nullable CsvColumn faultColumn;
    private @Nullable CsvRejectReason faultReason;

    RowTexts(List<String> fields) {
        this.fields = fields;
    }

    String field(CsvColumn column) {
        return fields.get(column.position());
    }

    IdentifierKind identifierKind(IdentifierKind substitute) {
        return switch (field(CsvColumn.ID_TYPE).toLowerCase(Locale.ROOT)) {
            case "email" -> IdentifierKind.EMAIL;
            case "phone" -> IdentifierKind.PHONE;
            default -> fault(CsvColumn.ID_TYPE, CsvRejectReason.ID_TYPE_UNKNOWN, substitute);
        };
    }

    long time(long substitute) {
        String text = field(CsvColumn.TIMESTAMP);
        try {
            return MILLIS.matcher(text).matches()
                    ? Long.parseLong(text)
                    : OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return fault(CsvColumn.TIMESTAMP, CsvRejectReason.TIMESTAMP_MALFORMED, substitute);
        }
    }

    EventKind kind(EventKind substitute) {
        return switch (field(CsvColumn.KIND).toLowerCase(Locale.ROOT)) {
            case "view" -> EventKind.VIEW;
            case "click" -> EventKind.CLICK;
            case "conversion" -> EventKind.CONVERSION;
            default -> fault(CsvColumn.KIND, CsvRejectReason.KIND_UNKNOWN, substitute);
        };
    }

    @Nullable String cell() {
        String text = field(CsvColumn.CELL);
        return text.isEmpty() ? null : text;
    }

    @Nullable Long value(long substitute) {
        String text = field(CsvColumn.VALUE);
        if (text.isEmpty()) {
            return null;
        }
        return INTEGER.matcher(text).matches()
                ? Long.parseLong(text)
                : fault(CsvColumn.VALUE, CsvRejectReason.VALUE_MALFORMED, substitute);
    }

    /** Of the first column whose text means nothing; null if there is none. */
    @Nullable CsvReject firstFault(long line) {
        return faultReason == null ? null : new CsvReject(line, faultColumn, faultReason);
    }

    private <T> T fault(CsvColumn column, CsvRejectReason reason, T substitute) {
        if (faultColumn == null || column.position() < faultColumn.position()) {
            faultColumn = column;
            faultReason = reason;
        }
        return substitute;
    }
}
