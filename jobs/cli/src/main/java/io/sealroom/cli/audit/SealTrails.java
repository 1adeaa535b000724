package io.sealroom.cli.audit;

import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The seal trails of a room's partitions, each read when it is first asked for: only where
 * something is wrong, since the replay does not say at which offset.
 */
final class SealTrails {

    private final Policy policy;
    private final RoomIdentity identity;
    private final EventsLog log;
    private final Map<String, List<SealTrail>> trails = new TreeMap<>();

    SealTrails(Policy policy, RoomIdentity identity, EventsLog log) {
        this.policy = policy;
        this.identity = identity;
        this.log = log;
    }

    /** All of a partner's, by partition. */
    List<SealTrail> of(String partner) {
        return trails.computeIfAbsent(
                partner,
                name -> {
                    PartnerTopic topic = PartnerTopic.of(identity, policy, name);
                    List<SealTrail> read = new ArrayList<>();
                    for (int partition = 0; partition < topic.partitions(); partition++) {
                        read.add(read(topic, partition));
                    }
                    return read;
                });
    }

    private SealTrail read(PartnerTopic topic, int partition) {
        SealTrail trail = new SealTrail(topic, partition);
        Iterator<EventsLog.Entry> records = log.records(topic.name(), partition);
        while (records.hasNext()) {
            EventsLog.Entry record = records.next();
            trail.take(record.offset(), record.value());
        }
        return trail;
    }

    /** The first partition in policy order whose valid seals end before a time. */
    Optional<SealTrail> endingBefore(long end) {
        return policy.suppliers().stream()
                .map(Partner::name)
                .flatMap(partner -> of(partner).stream())
                .filter(trail -> trail.sealedUntil() < end)
                .findFirst();
    }
}
