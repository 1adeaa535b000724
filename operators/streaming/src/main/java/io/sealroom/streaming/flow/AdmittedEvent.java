package io.sealroom.streaming.flow;

import io.sealroom.privacy.attribution.EventKey;
import io.sealroom.privacy.attribution.StampedEvent;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.EventKind;

/**
 * An event that admission let through.
 *
 * @param partner position of its partner in the policy
 * @param key identifier kind and slot-0 token
 * @param eventId names the event within its partner
 * @param kind view, click or conversion
 * @param time event time, epoch milliseconds
 * @param cell position of the cell in the policy; -1 for conversions
 * @param value minor units; 0 for exposures
 * @param recordHash SHA-256 of the record's bytes: decides between two events of one id and time
 */
public record AdmittedEvent(
        int partner,
        TokenKey key,
        EventId eventId,
        EventKind kind,
        long time,
        int cell,
        long value,
        Bytes32 recordHash) {

    /**
     * With what decides between duplicates.
     *
     * @param event what the caller makes of it
     */
    public <T> StampedEvent<T> stamped(T event) {
        EventKey id = new EventKey(partner, !kind.isExposure(), eventId.high(), eventId.low());
        return new StampedEvent<>(id, time, recordHash, event);
    }

    /** Without token, cell and value: what may stand in a log. */
    @Override
    public String toString() {
        return "AdmittedEvent[partner " + partner + " " + kind + "]";
    }
}
