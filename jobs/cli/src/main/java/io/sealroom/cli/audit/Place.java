package io.sealroom.cli.audit;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where in the input something is: as exactly as can be told.
 *
 * @param partner whose topic
 * @param partition of the topic, if it is one
 * @param after offset of the last good seal, behind which it lies; null if there is none
 * @param at offset of the refused seal, up to which it lies; null if there is none
 */
record Place(String partner, @Nullable Integer partition, @Nullable Long after, @Nullable Long at) {

    static Place of(String partner, @Nullable Integer partition) {
        return new Place(partner, partition, null, null);
    }

    Optional<Integer> inPartition() {
        return Optional.ofNullable(partition);
    }

    OptionalLong afterOffset() {
        return after == null ? OptionalLong.empty() : OptionalLong.of(after);
    }

    OptionalLong atOffset() {
        return at == null ? OptionalLong.empty() : OptionalLong.of(at);
    }

    @Override
    public String toString() {
        return partition == null ? partner : partner + ", partition " + partition;
    }
}
