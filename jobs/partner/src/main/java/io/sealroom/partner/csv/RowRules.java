package io.sealroom.partner.csv;

import io.sealroom.privacy.identifier.EventIdKey;
import io.sealroom.privacy.identifier.IdentifierNormaliser;
import io.sealroom.privacy.identifier.IdentifierRejection;
import io.sealroom.privacy.identifier.NormalisationOutcome;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the fields of one record must be. Pure: the same fields have the same outcome. */
final class RowRules {

    private static final Pattern MILLIS = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,18}");

    private final long startMillis;
    private final long endMillis;
    private final Set<String> cells;
    private final EventIdKey eventIds;
    private final IdentifierNormaliser normaliser;

    /**
     * @throws IllegalArgumentException if the policy's region has no numbering plan
     */
    RowRules(Policy policy, EventIdKey eventIds) {
        this.startMillis = policy.startMillis();
        this.endMillis = policy.endMillis();
        this.cells = new HashSet<>(policy.cells());
        this.eventIds = eventIds;
        this.normaliser = IdentifierNormaliser.forRegion(policy.region());
    }

    /**
     * @param fields as many as there are columns
     */
    RowOutcome check(long line, List<String> fields) {
        try {
            String ownEventId = field(fields, CsvColumn.EVENT_ID);
            EventId eventId = eventId(ownEventId);
            NormalisedIdentifier identifier = identifier(fields);
            long time = time(field(fields, CsvColumn.TIMESTAMP));
            EventKind kind = kind(field(fields, CsvColumn.KIND));
            String cell = cell(kind, field(fields, CsvColumn.CELL));
            Long value = value(kind, field(fields, CsvColumn.VALUE));
            return new RowOutcome.Accepted(
                    new CsvRow(line, eventId, identifier, time, kind, cell, value));
        } catch (Refusal refusal) {
            return new RowOutcome.Rejected(new CsvReject(line, refusal.column, refusal.reason));
        }
    }

    private EventId eventId(String text) throws Refusal {
        if (text.isEmpty()) {
            throw new Refusal(CsvColumn.EVENT_ID, CsvRejectReason.EVENT_ID_EMPTY);
        }
        return eventIds.derive(text)
                .orElseThrow(
                        () -> new Refusal(CsvColumn.EVENT_ID, CsvRejectReason.EVENT_ID_MALFORMED));
    }

    private NormalisedIdentifier identifier(List<String> fields) throws Refusal {
        IdentifierKind kind =
                switch (field(fields, CsvColumn.ID_TYPE).toLowerCase(Locale.ROOT)) {
                    case "email" -> IdentifierKind.EMAIL;
                    case "phone" -> IdentifierKind.PHONE;
                    default ->
                            throw new Refusal(CsvColumn.ID_TYPE, CsvRejectReason.ID_TYPE_UNKNOWN);
                };
        NormalisationOutcome outcome =
                normaliser.normalise(kind, field(fields, CsvColumn.IDENTIFIER));
        if (outcome instanceof NormalisationOutcome.Rejected rejected) {
            throw new Refusal(CsvColumn.IDENTIFIER, reason(rejected.reason()));
        }
        return ((NormalisationOutcome.Normalised) outcome).identifier();
    }

    private static CsvRejectReason reason(IdentifierRejection rejection) {
        return switch (rejection) {
            case EMPTY -> CsvRejectReason.IDENTIFIER_EMPTY;
            case TOO_LONG -> CsvRejectReason.IDENTIFIER_TOO_LONG;
            case MALFORMED_TEXT -> CsvRejectReason.IDENTIFIER_MALFORMED;
            case EMAIL_AT_SIGNS, EMAIL_PART_EMPTY -> CsvRejectReason.EMAIL_MALFORMED;
            case EMAIL_CHARACTER -> CsvRejectReason.EMAIL_CHARACTER;
            case PHONE_UNPARSEABLE -> CsvRejectReason.PHONE_MALFORMED;
            case PHONE_INVALID -> CsvRejectReason.PHONE_INVALID;
            case PHONE_EXTENSION -> CsvRejectReason.PHONE_EXTENSION;
        };
    }

    private long time(String text) throws Refusal {
        long millis;
        try {
            millis =
                    MILLIS.matcher(text).matches()
                            ? Long.parseLong(text)
                            : OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new Refusal(CsvColumn.TIMESTAMP, CsvRejectReason.TIMESTAMP_MALFORMED);
        }
        if (millis < startMillis || millis >= endMillis) {
            throw new Refusal(CsvColumn.TIMESTAMP, CsvRejectReason.TIMESTAMP_OUTSIDE_ROOM);
        }
        return millis;
    }

    private static EventKind kind(String text) throws Refusal {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "view" -> EventKind.VIEW;
            case "click" -> EventKind.CLICK;
            case "conversion" -> EventKind.CONVERSION;
            default -> throw new Refusal(CsvColumn.KIND, CsvRejectReason.KIND_UNKNOWN);
        };
    }

    private @Nullable String cell(EventKind kind, String text) throws Refusal {
        if (!kind.isExposure()) {
            if (!text.isEmpty()) {
                throw new Refusal(CsvColumn.CELL, CsvRejectReason.CELL_ON_CONVERSION);
            }
            return null;
        }
        if (text.isEmpty()) {
            throw new Refusal(CsvColumn.CELL, CsvRejectReason.CELL_MISSING);
        }
        if (!cells.contains(text)) {
            throw new Refusal(CsvColumn.CELL, CsvRejectReason.CELL_UNKNOWN);
        }
        return text;
    }

    private static @Nullable Long value(EventKind kind, String text) throws Refusal {
        if (kind.isExposure()) {
            if (!text.isEmpty()) {
                throw new Refusal(CsvColumn.VALUE, CsvRejectReason.VALUE_ON_EXPOSURE);
            }
            return null;
        }
        if (text.isEmpty()) {
            throw new Refusal(CsvColumn.VALUE, CsvRejectReason.VALUE_MISSING);
        }
        if (!INTEGER.matcher(text).matches()) {
            throw new Refusal(CsvColumn.VALUE, CsvRejectReason.VALUE_MALFORMED);
        }
        long value = Long.parseLong(text);
        if (value < 0) {
            throw new Refusal(CsvColumn.VALUE, CsvRejectReason.VALUE_NEGATIVE);
        }
        return value;
    }

    private static String field(List<String> fields, CsvColumn column) {
        return fields.get(column.position());
    }

    /** The first rule that a record breaks; never leaves this class. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        private final CsvColumn column;
        private final CsvRejectReason reason;

        Refusal(CsvColumn column, CsvRejectReason reason) {
            super(reason.name(), null, false, false);
            this.column = column;
            this.reason = reason;
        }
    }
}
