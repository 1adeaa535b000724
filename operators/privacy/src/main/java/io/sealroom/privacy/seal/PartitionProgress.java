package io.sealroom.privacy.seal;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a partition has been taken: all that the next record's fate depends on besides its bytes.
 *
 * @param sealedUntil end of the last valid seal, epoch milliseconds; the room's start before any
 * @param chain count and chain head of every record taken, seals and garbage included
 * @param standing the last valid seals, at most {@link #STANDING_MAX}, oldest first: what a
 *     repeated or differing seal is held against
 */
public record PartitionProgress(long sealedUntil, ChainHead chain, List<StandingSeal> standing) {

    /**
     * Seals that are remembered. An agent sends the seals of its last step again after a crash, so
     * one would do for honest partners; the rest is for those who differ late.
     */
    public static final int STANDING_MAX = 64;

    public PartitionProgress {
        standing = List.copyOf(standing);
    }

    /** A progress that remembers no seal. */
    public PartitionProgress(long sealedUntil, ChainHead chain) {
        this(sealedUntil, chain, List.of());
    }

    /** Before the first record. */
    public static PartitionProgress start(PartnerTopic topic, int partition) {
        return new PartitionProgress(
                topic.policy().startMillis(),
                ChainHead.genesis(
                        topic.policy().room(), topic.partnerName(), partition, topic.partitions()));
    }

    /** The same with one more record, whose value has this SHA-256. */
    public PartitionProgress withRecord(Bytes32 valueHash) {
        return new PartitionProgress(sealedUntil, chain.nextHashed(valueHash), standing);
    }

    /** The same with a valid seal, whose record has been taken; the oldest gives way to it. */
    public PartitionProgress withSeal(StandingSeal seal) {
        int surplus = Math.max(0, standing.size() + 1 - STANDING_MAX);
        List<StandingSeal> seals = new ArrayList<>(standing.subList(surplus, standing.size()));
        seals.add(seal);
        return new PartitionProgress(seal.to(), chain, seals);
    }

    /** The first remembered seal that covers a slice of [from, to). */
    public Optional<StandingSeal> standingOver(long from, long to) {
        return standing.stream().filter(seal -> seal.overlaps(from, to)).findFirst();
    }

    /** No event below or at this time is still to come. */
    public long watermark() {
        return sealedUntil - 1;
    }
}
