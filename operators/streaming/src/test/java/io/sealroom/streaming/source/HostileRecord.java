package io.sealroom.streaming.source;

import org.jspecify.annotations.Nullable;

/**
 * What a hostile partner put on its topic.
 *
 * @param value the record's value
 * @param expected "event", "verdict" or the reason of its reject, where that is known beforehand
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record HostileRecord(byte @Nullable [] value, @Nullable String expected) {

    static HostileRecord of(byte @Nullable [] value, @Nullable String expected) {
        return new HostileRecord(value, expected);
    }
}
