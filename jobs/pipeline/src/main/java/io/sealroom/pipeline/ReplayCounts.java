package io.sealroom.pipeline;

import io.sealroom.schemas.record.RejectReason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of the records of one partner's events topic: each is one of the three.
 *
 * @param events admitted
 * @param seals valid
 * @param rejects refused, by reason; without reasons that did not occur
 */
public record ReplayCounts(long events, long seals, Map<RejectReason, Long> rejects) {

    static final ReplayCounts NONE = new ReplayCounts(0, 0, Map.of());

    public ReplayCounts {
        Map<RejectReason, Long> ordered = new EnumMap<>(RejectReason.class);
        ordered.putAll(rejects);
        rejects = Collections.unmodifiableMap(ordered);
    }

    /** Records that were refused. */
    public long refused() {
        return rejects.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Records that were read. */
    public long records() {
        return events + seals + refused();
    }
}
