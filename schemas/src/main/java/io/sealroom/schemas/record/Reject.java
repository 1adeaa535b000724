package io.sealroom.schemas.record;

/**
 * A record that did not enter the computation; never its payload.
 *
 * @param partner owner of the events topic
 * @param partition partition of the topic
 * @param offset offset of the record
 * @param reason stable code
 */
public record Reject(String partner, int partition, long offset, RejectReason reason) {}
