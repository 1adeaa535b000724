package io.sealroom.partner.event;

import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.EventKind;
import org.jspecify.annotations.Nullable;

/**
 * One event of the partner, checked, before its identifier is blinded.
 *
 * @param eventId keyed hash of the partner's own event id
 * @param identifier in normal form
 * @param eventTime epoch milliseconds, within the room
 * @param kind view, click or conversion
 * @param cell of the policy's list; null for conversions
 * @param value minor units, not negative; null for exposures
 */
public record CheckedEvent(
        EventId eventId,
        NormalisedIdentifier identifier,
        long eventTime,
        EventKind kind,
        @Nullable String cell,
        @Nullable Long value) {

    /** Nothing: all of it says something about a person. */
    @Override
    public String toString() {
        return "CheckedEvent[redacted]";
    }
}
