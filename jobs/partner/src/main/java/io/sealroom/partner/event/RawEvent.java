package io.sealroom.partner.event;

import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import org.jspecify.annotations.Nullable;

/**
 * One event as a partner has it, nothing of it checked yet.
 *
 * @param eventId the partner's own id of the event: an impression id, an order id
 * @param identifierKind which kind {@code identifier} is
 * @param identifier e-mail address or phone number, in any spelling
 * @param eventTimeMillis epoch milliseconds
 * @param kind view, click or conversion
 * @param cell breakdown key of a view or click; null for conversions
 * @param value of a conversion in minor units; null for views and clicks
 */
public record RawEvent(
        String eventId,
        IdentifierKind identifierKind,
        String identifier,
        long eventTimeMillis,
        EventKind kind,
        @Nullable String cell,
        @Nullable Long value) {

    /** An exposure that was seen. */
    public static RawEvent view(
            String eventId,
            IdentifierKind identifierKind,
            String identifier,
            long eventTimeMillis,
            String cell) {
        return new RawEvent(
                eventId, identifierKind, identifier, eventTimeMillis, EventKind.VIEW, cell, null);
    }

    /** An exposure that was clicked. */
    public static RawEvent click(
            String eventId,
            IdentifierKind identifierKind,
            String identifier,
            long eventTimeMillis,
            String cell) {
        return new RawEvent(
                eventId, identifierKind, identifier, eventTimeMillis, EventKind.CLICK, cell, null);
    }

    /**
     * A conversion.
     *
     * @param value in minor units
     */
    public static RawEvent conversion(
            String eventId,
            IdentifierKind identifierKind,
            String identifier,
            long eventTimeMillis,
            long value) {
        return new RawEvent(
                eventId,
                identifierKind,
                identifier,
                eventTimeMillis,
                EventKind.CONVERSION,
                null,
                value);
    }

    /** Nothing: all of it says something about a person. */
    @Override
    public String toString() {
        return "RawEvent[redacted]";
    }
}
