package io.sealroom.cli.audit;

import io.sealroom.cli.kafka.CommittedTopics;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The seal trails of a room's partitions, each read when it is first asked for: only where
 * something is wrong, since the replay does not say at which offset.
 */
final class SealTrails {

    private final Policy policy;
    private final RoomIdentity identity;
    private final CommittedTopics log;
    private final Map<String, List<SealTrail>> trails = new TreeMap<>();

    SealTrails(Policy policy, RoomIdentity identity, CommittedTopics log) {
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
        Iterator<ConsumerRecord<byte[], byte[]>> records = log.records(topic.name(), partition);
        while (records.hasNext()) {
            ConsumerRecord<byte[], byte[]> record = records.next();
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
