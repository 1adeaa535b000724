package io.sealroom.privacy.seal;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;

/**
 * How far a partition has been taken: all that the next record's fate depends on besides its bytes.
 *
 * @param sealedUntil end of the last valid seal, epoch milliseconds; the room's start before any
 * @param chain count and chain head of every record taken, seals and garbage included
 */
public record PartitionProgress(long sealedUntil, ChainHead chain) {

    /** Before the first record. */
    public static PartitionProgress start(PartnerTopic topic, int partition) {
        return new PartitionProgress(
                topic.policy().startMillis(),
                ChainHead.genesis(
                        topic.policy().room(), topic.partnerName(), partition, topic.partitions()));
    }

    /** The same with one more record, whose value has this SHA-256. */
    public PartitionProgress withRecord(Bytes32 valueHash) {
        return new PartitionProgress(sealedUntil, chain.nextHashed(valueHash));
    }

    public PartitionProgress withSeal(long to) {
        return new PartitionProgress(to, chain);
    }

    /** No event below or at this time is still to come. */
    public long watermark() {
        return sealedUntil - 1;
    }
}
