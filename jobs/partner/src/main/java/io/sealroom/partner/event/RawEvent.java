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

    /** Nothing: all of it says something about a person. */
    @Override
    public String toString() {
        return "RawEvent[redacted]";
    }
}
