package io.sealroom.streaming.flow;

/**
 * A pending release as it goes to the pending topic.
 *
 * @param key query id || u64 start
 * @param value PendingRelease in single-object encoding
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes for a topic; never compared.
public record PendingRecord(byte[] key, byte[] value) {}
