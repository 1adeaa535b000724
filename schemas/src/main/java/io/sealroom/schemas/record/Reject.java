package io.sealroom.schemas.record;

import org.jspecify.annotations.Nullable;

/**
 * A record that did not enter the computation; never its payload.
 *
 * @param partner owner of the events topic
 * @param partition partition of the topic
 * @param offset offset of the record
 * @param reason stable code
 * @param contradicts of {@link RejectReason#SEAL_DIFFERS}: offset of the seal that stands
 */
public record Reject(
        String partner,
        int partition,
        long offset,
        RejectReason reason,
        @Nullable Long contradicts) {

    /** One that contradicts no other record. */
    public Reject(String partner, int partition, long offset, RejectReason reason) {
        this(partner, partition, offset, reason, null);
    }
}
