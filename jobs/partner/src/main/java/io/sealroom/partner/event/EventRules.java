package io.sealroom.partner.event;

import io.sealroom.privacy.identifier.EventIdKey;
import io.sealroom.privacy.identifier.IdentifierNormaliser;
import io.sealroom.privacy.identifier.IdentifierRejection;
import io.sealroom.privacy.identifier.NormalisationOutcome;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.EventId;
import java.util.HashSet;
import java.util.Set;

/**
 * What an event must be, wherever it comes from. Pure: the same event has the same outcome. Safe
 * for use by several threads.
 */
public final class EventRules {

    private final long startMillis;
    private final long endMillis;
    private final Set<String> cells;
    private final EventIdKey eventIds;
    private final IdentifierNormaliser normaliser;

    /**
     * @throws IllegalArgumentException if the policy's region has no numbering plan
     */
    public EventRules(Policy policy, EventIdKey eventIds) {
        this.startMillis = policy.startMillis();
        this.endMillis = policy.endMillis();
        this.cells = new HashSet<>(policy.cells());
        this.eventIds = eventIds;
        this.normaliser = IdentifierNormaliser.forRegion(policy.region());
    }

    /** Looks at the fields in the order of {@link EventField}; the first fault counts. */
    public EventOutcome check(RawEvent event) {
        try {
            EventId eventId = eventId(event.eventId());
            NormalisedIdentifier identifier = identifier(event);
            requireWithinRoom(event.eventTimeMillis());
            requireCell(event);
            requireValue(event);
            return new EventOutcome.Accepted(
                    new CheckedEvent(
                            eventId,
                            identifier,
                            event.eventTimeMillis(),
                            event.kind(),
                            event.cell(),
                            event.value()));
        } catch (Refusal refusal) {
            return new EventOutcome.Rejected(refusal.field, refusal.reason);
        }
    }

    private EventId eventId(String text) throws Refusal {
        if (text.isEmpty()) {
            throw new Refusal(EventField.EVENT_ID, EventRejectReason.EVENT_ID_EMPTY);
        }
        return eventIds.derive(text)
                .orElseThrow(
                        () ->
                                new Refusal(
                                        EventField.EVENT_ID, EventRejectReason.EVENT_ID_MALFORMED));
    }

    private NormalisedIdentifier identifier(RawEvent event) throws Refusal {
        NormalisationOutcome outcome =
                normaliser.normalise(event.identifierKind(), event.identifier());
        if (outcome instanceof NormalisationOutcome.Rejected rejected) {
            throw new Refusal(EventField.IDENTIFIER, reason(rejected.reason()));
        }
        return ((NormalisationOutcome.Normalised) outcome).identifier();
    }

    private static EventRejectReason reason(IdentifierRejection rejection) {
        return switch (rejection) {
            case EMPTY -> EventRejectReason.IDENTIFIER_EMPTY;
            case TOO_LONG -> EventRejectReason.IDENTIFIER_TOO_LONG;
            case MALFORMED_TEXT -> EventRejectReason.IDENTIFIER_MALFORMED;
            case EMAIL_AT_SIGNS, EMAIL_PART_EMPTY -> EventRejectReason.EMAIL_MALFORMED;
            case EMAIL_CHARACTER -> EventRejectReason.EMAIL_CHARACTER;
            case PHONE_UNPARSEABLE -> EventRejectReason.PHONE_MALFORMED;
            case PHONE_INVALID -> EventRejectReason.PHONE_INVALID;
            case PHONE_EXTENSION -> EventRejectReason.PHONE_EXTENSION;
        };
    }

    private void requireWithinRoom(long time) throws Refusal {
        if (time < startMillis || time >= endMillis) {
            throw new Refusal(EventField.EVENT_TIME, EventRejectReason.TIME_OUTSIDE_ROOM);
        }
    }

    private void requireCell(RawEvent event) throws Refusal {
        String cell = event.cell();
        if (!event.kind().isExposure()) {
            if (cell != null) {
                throw new Refusal(EventField.CELL, EventRejectReason.CELL_ON_CONVERSION);
            }
        } else if (cell == null) {
            throw new Refusal(EventField.CELL, EventRejectReason.CELL_MISSING);
        } else if (!cells.contains(cell)) {
            throw new Refusal(EventField.CELL, EventRejectReason.CELL_UNKNOWN);
        }
    }

    private static void requireValue(RawEvent event) throws Refusal {
        Long value = event.value();
        if (event.kind().isExposure()) {
            if (value != null) {
                throw new Refusal(EventField.VALUE, EventRejectReason.VALUE_ON_EXPOSURE);
            }
        } else if (value == null) {
            throw new Refusal(EventField.VALUE, EventRejectReason.VALUE_MISSING);
        } else if (value < 0) {
            throw new Refusal(EventField.VALUE, EventRejectReason.VALUE_NEGATIVE);
        }
    }

    /** The first rule that an event breaks; never leaves this class. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        private final EventField field;
        private final EventRejectReason reason;

        Refusal(EventField field, EventRejectReason reason) {
            super(reason.name(), null, false, false);
            this.field = field;
            this.reason = reason;
        }
    }
}
