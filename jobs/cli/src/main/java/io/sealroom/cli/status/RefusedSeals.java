package io.sealroom.cli.status;

import io.sealroom.cli.kafka.RecordTopic;
import io.sealroom.schemas.record.Decoded;
import io.sealroom.schemas.record.Reject;
import io.sealroom.schemas.record.RejectReason;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Which seals a node refused, out of its rejects. */
final class RefusedSeals implements RecordTopic.Receiver<Reject> {

    /**
     * Kept for one partition, those of the highest offsets: a hostile partner's rejects must not
     * fill the memory.
     */
    static final int KEPT_MAX = 100_000;

    private final Map<Place, NavigableMap<Long, RejectReason>> refused = new HashMap<>();

    /** The highest offset that was not kept. */
    private final Map<Place, Long> dropped = new HashMap<>();

    private record Place(String partner, int partition) {}

    @Override
    public void record(Reject reject) {
        if (reject.reason().isOfSeal()) {
            Place place = new Place(reject.partner(), reject.partition());
            NavigableMap<Long, RejectReason> kept =
                    refused.computeIfAbsent(place, key -> new TreeMap<>());
            kept.put(reject.offset(), reject.reason());
            if (kept.size() > KEPT_MAX) {
                dropped.merge(place, kept.pollFirstEntry().getKey(), Math::max);
            }
        }
    }

    /** Rejects are the node's own: what does not decode is of a version that this one is not. */
    @Override
    public void refused(int partition, long offset, Decoded.Fault fault) {}

    @Override
    public void pause() {}

    /** Why the seal at this place was refused; nothing if it was not, or not yet. */
    Optional<RejectReason> reason(String partner, int partition, long offset) {
        NavigableMap<Long, RejectReason> kept = refused.get(new Place(partner, partition));
        return kept == null ? Optional.empty() : Optional.ofNullable(kept.get(offset));
    }

    /**
     * Whether the seal at this place may stand: it was not refused, nor lies it so far back that
     * this is no longer known.
     */
    boolean mayStand(String partner, int partition, long offset) {
        return reason(partner, partition, offset).isEmpty()
                && offset > dropped.getOrDefault(new Place(partner, partition), -1L);
    }
}
