package io.sealroom.partner.topic;

import io.sealroom.partner.seal.PartitionReplay;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.record.EventId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Where one partition stands, as it was found and as this run moves it on. */
public final class PartitionState {

    private final int partition;
    private final ChainHead closing;
    private final Set<EventId> sealedEvents;
    private final Map<EventId, PartitionReplay.Unsealed> unsealed;
    private long sealedUntil;

    /**
     * @param replays by partition
     */
    public static List<PartitionState> of(List<PartitionReplay> replays) {
        return IntStream.range(0, replays.size())
                .mapToObj(partition -> new PartitionState(partition, replays.get(partition)))
                .toList();
    }

    private PartitionState(int partition, PartitionReplay replay) {
        this.partition = partition;
        this.sealedUntil = replay.sealedUntil();
        this.closing = replay.closing();
        this.sealedEvents = replay.sealedEvents();
        this.unsealed = replay.unsealedEvents();
    }

    /** Until when every partition is sealed. */
    public static long sealedUntil(List<PartitionState> states) {
        return states.stream().mapToLong(PartitionState::sealedUntil).min().orElseThrow();
    }

    /** The next time at which a partition that is sealed further stands; none is as far as ever. */
    public static long nextSealedUntil(List<PartitionState> states, long from) {
        return states.stream()
                .mapToLong(PartitionState::sealedUntil)
                .filter(sealedUntil -> sealedUntil > from)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    public int partition() {
        return partition;
    }

    /** End of the last seal; the room's start if there is none. */
    public long sealedUntil() {
        return sealedUntil;
    }

    /** Count and head before the last seal that was found. */
    ChainHead closing() {
        return closing;
    }

    /** Whether a seal found in the topic covers the event. */
    public boolean isSealed(EventId eventId) {
        return sealedEvents.contains(eventId);
    }

    /** Events found that no seal covers; those that the file has too are taken out. */
    public Map<EventId, PartitionReplay.Unsealed> unsealed() {
        return unsealed;
    }

    void sealed(long to) {
        sealedEvents.addAll(unsealed.keySet());
        unsealed.clear();
        sealedUntil = to;
    }
}
