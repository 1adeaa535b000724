package io.sealroom.partner.tokenise;

import io.sealroom.partner.csv.CsvRecords;
import io.sealroom.partner.csv.CsvRejectReason;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A base as RFC 4180 text. */
final class CsvBase implements BaseRecords {

    static final List<String> HEADER = List.of("id_type", "identifier");

    private final CsvRecords records;
    private final BaseRules rules;

    /**
     * @param records after the header
     */
    CsvBase(CsvRecords records, BaseRules rules) {
        this.records = records;
        this.rules = rules;
    }

    @Override
    public @Nullable BaseRecord next() throws IOException {
        CsvRecords.Found found = records.next();
        if (found instanceof CsvRecords.Found.Broken broken) {
            return new BaseRecord.Bad(broken.line(), reason(broken.reason()));
        }
        if (!(found instanceof CsvRecords.Found.Fields fields)) {
            return null;
        }
        return fields.values().size() == HEADER.size()
                ? rules.check(fields.line(), fields.values().get(0), fields.values().get(1))
                : new BaseRecord.Bad(fields.line(), BaseRejectReason.FIELD_COUNT);
    }

    private static BaseRejectReason reason(CsvRejectReason reason) {
        return switch (reason) {
            case LINE_TOO_LONG -> BaseRejectReason.LINE_TOO_LONG;
            case TEXT_MALFORMED -> BaseRejectReason.TEXT_MALFORMED;
            // The others are about the fields of events.
            default -> BaseRejectReason.LINE_MALFORMED;
        };
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
