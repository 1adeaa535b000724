package io.sealroom.streaming.source;

import io.sealroom.schemas.record.RejectReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What an operator watches of one partner's source.
 *
 * <p>Counters since the task started, under {@code partner.NAME}: {@code recordsRead}, and what
 * became of each: {@code eventsAdmitted}, {@code sealsAdmitted}, {@code reason.REASON.rejects}.
 * Those three always add up to the first.
 *
 * <p>Gauges under {@code partner.NAME.partition.P}: {@code sealedUntil}, end of the last valid seal
 * in epoch milliseconds, so the lowest names the partition that holds the room; {@code sealedAt},
 * when it was taken by this machine's clock in epoch milliseconds, 0 if the task has taken none
 * yet; {@code refusedSeals}, seals that were refused since, those of slices sealed already apart:
 * above 0 the partition waits for a seal that is right.
 */
final class SourceMetrics {

    private final MetricGroup group;
    private final LongSupplier clock;
    private final Counter recordsRead;
    private final Counter eventsAdmitted;
    private final Counter sealsAdmitted;
    private final Map<RejectReason, Counter> rejects = new EnumMap<>(RejectReason.class);
    // Read by the reporter's thread.
    private final Map<Integer, Sealing> sealings = new ConcurrentHashMap<>();

    /** Replaced as a whole, so that a report never mixes two seals. */
    private record Sealing(long until, long at, long refused) {}

    /**
     * @param clock epoch milliseconds; for people's eyes, nothing is decided by it
     */
    SourceMetrics(MetricGroup parent, String partner, LongSupplier clock) {
        group = parent.addGroup("partner", partner);
        this.clock = clock;
        recordsRead = group.counter("recordsRead");
        eventsAdmitted = group.counter("eventsAdmitted");
        sealsAdmitted = group.counter("sealsAdmitted");
        for (RejectReason reason : RejectReason.values()) {
            rejects.put(reason, group.addGroup("reason", reason.name()).counter("rejects"));
        }
    }

    void partitionTaken(int partition, long sealedUntil) {
        boolean known = sealings.put(partition, new Sealing(sealedUntil, 0, 0)) != null;
        if (!known) {
            MetricGroup own = group.addGroup("partition", Integer.toString(partition));
            own.gauge("sealedUntil", () -> sealing(partition).until());
            own.gauge("sealedAt", () -> sealing(partition).at());
            own.gauge("refusedSeals", () -> sealing(partition).refused());
        }
    }

    void recordRead() {
        recordsRead.inc();
    }

    void eventAdmitted() {
        eventsAdmitted.inc();
    }

    void sealAdmitted(int partition, long until) {
        sealsAdmitted.inc();
        sealings.put(partition, new Sealing(until, clock.getAsLong(), 0));
    }

    void rejected(int partition, RejectReason reason) {
        Objects.requireNonNull(rejects.get(reason)).inc();
        if (reason.holdsPartition()) {
            Sealing last = sealing(partition);
            sealings.put(partition, new Sealing(last.until(), last.at(), last.refused() + 1));
        }
    }

    private Sealing sealing(int partition) {
        return Objects.requireNonNull(sealings.get(partition));
    }
}
