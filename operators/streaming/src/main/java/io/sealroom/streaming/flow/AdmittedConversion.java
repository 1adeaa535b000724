package io.sealroom.streaming.flow;

import org.jspecify.annotations.Nullable;

/**
 * A conversion that admission let through, in a room whose conversions look back into the epoch
 * before.
 *
 * @param event the conversion
 * @param older identifier kind and slot-1 token; null if the slot is empty
 */
public record AdmittedConversion(AdmittedEvent event, @Nullable TokenKey older) {

    /** Identifier kind and slot-0 token. */
    public TokenKey key() {
        return event.key();
    }

    /** Without tokens and value. */
    @Override
    public String toString() {
        return "AdmittedConversion[partner " + event.partner() + "]";
    }
}
