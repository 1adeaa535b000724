package io.sealroom.cli.status;

import io.sealroom.cli.kafka.TopicTail;
import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.privacy.seal.SealRules;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.RecordCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the ends of a room's topics say. */
final class RoomTails {

    private final TopicTail tail;
    private final Policy policy;
    private final RoomIdentity identity;

    RoomTails(TopicTail tail, Policy policy, RoomIdentity identity) {
        this.tail = tail;
        this.policy = policy;
        this.identity = identity;
    }

    /**
     * All partitions of all supplying partners.
     *
     * @param refused seals that the node refused
     * @param now wall-clock time, epoch milliseconds
     */
    List<PartitionStatus> partitions(RefusedSeals refused, long now) {
        List<PartitionStatus> all = new ArrayList<>();
        for (Partner partner : policy.suppliers()) {
            PartnerTopic topic = PartnerTopic.of(identity, policy, partner.name());
            for (int partition = 0; partition < topic.partitions(); partition++) {
                int number = partition;
                SealRules rules = new SealRules(topic, partition);
                TopicTail.Found<SealTrace> found =
                        tail.newest(
                                topic.name(),
                                partition,
                                record -> SealTrace.of(record, rules),
                                seal ->
                                        seal.genuine()
                                                && refused.mayStand(
                                                        partner.name(), number, seal.offset()));
                all.add(
                        PartitionStatus.of(
                                policy,
                                partner.name(),
                                partition,
                                found.end(),
                                found.kept(),
                                refused,
                                now));
            }
        }
        return all;
    }

    /** How far a node is. */
    NodeStatus node(String node) {
        String room = policy.room();
        return new NodeStatus(
                node,
                newest(Topics.pending(room, node), Codecs.PENDING_RELEASE)
                        .map(pending -> pending.document().end())
                        .orElse(null),
                newest(Topics.releases(room, node), Codecs.RELEASE)
                        .map(release -> release.pending().document().end())
                        .orElse(null),
                newest(Topics.withheld(room, node), Codecs.WITHHELD).orElse(null));
    }

    private <T> Optional<T> newest(String topic, RecordCodec<T> codec) {
        List<T> kept =
                tail.newest(topic, 0, record -> decode(codec, record.value()), found -> true)
                        .kept();
        return kept.isEmpty() ? Optional.empty() : Optional.of(kept.get(kept.size() - 1));
    }

    private static <T> Optional<T> decode(RecordCodec<T> codec, byte @Nullable [] value) {
        return value == null ? Optional.empty() : codec.decode(value).toOptional();
    }
}
