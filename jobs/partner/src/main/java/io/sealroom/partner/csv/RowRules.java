package io.sealroom.partner.csv;

import io.sealroom.partner.event.EventField;
import io.sealroom.partner.event.EventOutcome;
import io.sealroom.partner.event.EventRejectReason;
import io.sealroom.partner.event.EventRules;
import io.sealroom.partner.event.RawEvent;
import io.sealroom.privacy.identifier.EventIdKey;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of one record must be: first what their texts say, then whether that makes an
 * event. Pure: the same fields have the same outcome.
 */
final class RowRules {

    private final EventRules rules;
    private final long startMillis;

    /**
     * @throws IllegalArgumentException if the policy's region has no numbering plan
     */
    RowRules(Policy policy, EventIdKey eventIds) {
        this.rules = new EventRules(policy, eventIds);
        this.startMillis = policy.startMillis();
    }

    /**
     * The fault of the first column that has one counts. A text that says nothing is therefore
     * replaced by something that passes, and the event looked at all the same.
     *
     * @param fields as many as there are columns
     */
    RowOutcome check(long line, List<String> fields) {
        RowTexts texts = new RowTexts(fields);
        RawEvent event =
                new RawEvent(
                        texts.field(CsvColumn.EVENT_ID),
                        texts.identifierKind(IdentifierKind.EMAIL),
                        texts.field(CsvColumn.IDENTIFIER),
                        texts.time(startMillis),
                        texts.kind(EventKind.VIEW),
                        texts.cell(),
                        texts.value(0));
        CsvReject malformed = texts.firstFault(line);
        EventOutcome outcome = rules.check(event);
        if (outcome instanceof EventOutcome.Rejected rejected) {
            CsvColumn column = column(rejected.field());
            return malformed != null && comesFirst(malformed.column(), column)
                    ? new RowOutcome.Rejected(malformed)
                    : new RowOutcome.Rejected(
                            new CsvReject(line, column, reason(rejected.reason())));
        }
        return malformed == null
                ? new RowOutcome.Accepted(
                        new CsvRow(line, ((EventOutcome.Accepted) outcome).event()))
                : new RowOutcome.Rejected(malformed);
    }

    private static boolean comesFirst(@Nullable CsvColumn one, CsvColumn other) {
        return one != null && one.position() < other.position();
    }

    private static CsvColumn column(EventField field) {
        return switch (field) {
            case EVENT_ID -> CsvColumn.EVENT_ID;
            case IDENTIFIER -> CsvColumn.IDENTIFIER;
            case EVENT_TIME -> CsvColumn.TIMESTAMP;
            case CELL -> CsvColumn.CELL;
            case VALUE -> CsvColumn.VALUE;
        };
    }

    private static CsvRejectReason reason(EventRejectReason reason) {
        return switch (reason) {
            case EVENT_ID_EMPTY -> CsvRejectReason.EVENT_ID_EMPTY;
            case EVENT_ID_MALFORMED -> CsvRejectReason.EVENT_ID_MALFORMED;
            case IDENTIFIER_EMPTY -> CsvRejectReason.IDENTIFIER_EMPTY;
            case IDENTIFIER_TOO_LONG -> CsvRejectReason.IDENTIFIER_TOO_LONG;
            case IDENTIFIER_MALFORMED -> CsvRejectReason.IDENTIFIER_MALFORMED;
            case EMAIL_MALFORMED -> CsvRejectReason.EMAIL_MALFORMED;
            case EMAIL_CHARACTER -> CsvRejectReason.EMAIL_CHARACTER;
            case PHONE_MALFORMED -> CsvRejectReason.PHONE_MALFORMED;
            case PHONE_INVALID -> CsvRejectReason.PHONE_INVALID;
            case PHONE_EXTENSION -> CsvRejectReason.PHONE_EXTENSION;
            case TIME_OUTSIDE_ROOM -> CsvRejectReason.TIMESTAMP_OUTSIDE_ROOM;
            case CELL_MISSING -> CsvRejectReason.CELL_MISSING;
            case CELL_UNKNOWN -> CsvRejectReason.CELL_UNKNOWN;
            case CELL_ON_CONVERSION -> CsvRejectReason.CELL_ON_CONVERSION;
            case VALUE_MISSING -> CsvRejectReason.VALUE_MISSING;
            case VALUE_NEGATIVE -> CsvRejectReason.VALUE_NEGATIVE;
            case VALUE_ON_EXPOSURE -> CsvRejectReason.VALUE_ON_EXPOSURE;
            case LATE -> CsvRejectReason.LATE;
            case TOKEN_REFUSED ->
                    // Rules are pure: nobody was asked for a token.
                    throw new IllegalArgumentException("not of a row: " + reason);
        };
    }
}
