package io.sealroom.local.chaos;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An event as a partner's own systems put it on the raw topic.
 *
 * @param id the partner's own event id
 * @param person whom it is about
 * @param time epoch milliseconds
 * @param kind as the agent reads it: view, click or conversion
 * @param cell of an exposure; null for conversions
 * @param value of a conversion, minor units; null for exposures
 */
record RawEvent(
        String id,
        int person,
        long time,
        String kind,
        @Nullable String cell,
        @Nullable Long value) {

    /** One JSON object. */
    String json() {
        String last = cell == null ? "\"value\":" + value : "\"cell\":\"" + cell + "\"";
        return String.format(
                Locale.ROOT,
                "{\"eventId\":\"%s\",\"idType\":\"email\",\"identifier\":\"person%d@example.org\","
                        + "\"timestamp\":%d,\"kind\":\"%s\",%s}",
                id,
                person,
                time,
                kind,
                last);
    }
}
