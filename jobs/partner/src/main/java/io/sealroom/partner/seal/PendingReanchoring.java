package io.sealroom.partner.seal;

import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Seal;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A re-anchoring that was decided on and stored, and is not finished. */
public final class PendingReanchoring {

    private final NavigableMap<Integer, Bytes> records = new TreeMap<>();
    private final NavigableSet<Integer> begun = new TreeSet<>();
    private long until = Long.MIN_VALUE;

    /**
     * @param stored what was stored last
     * @param progress how far nodes have taken each partition
     */
    public PendingReanchoring(
            Optional<StoredStep> stored, OwnSeals ownSeals, List<PartitionProgress> progress) {
        for (Bytes value : stored.map(StoredStep::seals).orElse(List.of())) {
            Codecs.SEAL
                    .decode(value.toBytes())
                    .toOptional()
                    .filter(seal -> isBegun(seal, ownSeals, progress))
                    .ifPresent(seal -> add(seal, value, progress.get(seal.partition())));
        }
    }

    /** Nodes have not taken it; or they had, and it is gone. */
    private static boolean isBegun(Seal seal, OwnSeals ownSeals, List<PartitionProgress> progress) {
        int partition = seal.partition();
        return partition >= 0
                && partition < progress.size()
                && ownSeals.isOwn(seal, partition)
                && seal.from() >= progress.get(partition).sealedUntil();
    }

    private void add(Seal seal, Bytes value, PartitionProgress progress) {
        begun.add(seal.partition());
        until = Math.max(until, seal.to());
        // Nodes would refuse one that no longer says what precedes it.
        if (seal.from() == progress.sealedUntil() && OwnSeals.follows(seal, progress.chain())) {
            records.put(seal.partition(), value);
        }
    }

    /** The seals that are still to be sent, byte for byte, by partition. */
    public NavigableMap<Integer, Bytes> records() {
        return new TreeMap<>(records);
    }

    /**
     * Partitions that are not to be written before they are re-anchored: those of {@link #records},
     * and those that have changed since, of which nothing else may tell any more.
     */
    public NavigableSet<Integer> begun() {
        return new TreeSet<>(begun);
    }

    /** End of the latest that was begun; before any time if there is none. */
    public long until() {
        return until;
    }
}
