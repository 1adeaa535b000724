package io.sealroom.streaming.source;

import io.sealroom.schemas.record.RejectReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What an operator watches of one partner's source: {@code partner.NAME.reason.REASON.rejects}
 * counts refused records; {@code partner.NAME.partition.P.sealedUntil} is the end of the last valid
 * seal in epoch milliseconds, and so names the partition that holds the room.
 */
final class SourceMetrics {

    private final MetricGroup group;
    private final Map<RejectReason, Counter> rejects = new EnumMap<>(RejectReason.class);
    // Read by the reporter's thread.
    private final Map<Integer, Long> sealedUntil = new ConcurrentHashMap<>();

    SourceMetrics(MetricGroup parent, String partner) {
        group = parent.addGroup("partner", partner);
        for (RejectReason reason : RejectReason.values()) {
            rejects.put(reason, group.addGroup("reason", reason.name()).counter("rejects"));
        }
    }

    void rejected(RejectReason reason) {
        Objects.requireNonNull(rejects.get(reason)).inc();
    }

    void sealed(int partition, long until) {
        if (sealedUntil.put(partition, until) == null) {
            group.addGroup("partition", Integer.toString(partition))
                    .gauge("sealedUntil", () -> sealedUntil.get(partition));
        }
    }
}
