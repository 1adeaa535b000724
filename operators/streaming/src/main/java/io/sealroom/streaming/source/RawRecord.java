package io.sealroom.streaming.source;

import org.jspecify.annotations.Nullable;

/**
 * A Kafka record as far as it is read: no key, no headers, no timestamp. The split it comes with
 * names its partition.
 *
 * @param offset its offset
 * @param value its value, or null
 */
@SuppressWarnings("ArrayRecordComponent") // Passes from one call to the next; never compared.
record RawRecord(long offset, byte @Nullable [] value) {}
