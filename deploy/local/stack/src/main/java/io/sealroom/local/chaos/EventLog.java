package io.sealroom.local.chaos;

import io.sealroom.local.stack.LocalRoom;
import io.sealroom.privacy.secret.HmacSha256;
import io.sealroom.privacy.secret.PartnerKeys;
import io.sealroom.reference.HistoryEvent;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.hash.Lp;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Seal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What stands in the events topics when the room is over. Chain heads are computed anew over the
 * records, and noise shares from the seeds in the partners' key files: nothing here asks a seal for
 * more than where it stands.
 */
final class EventLog {

    /** Where a record stands. */
    record Place(String partner, int partition, long offset) {}

    private record Closing(String partner, int partition, long end) {}

    private final Policy policy;
    private final Map<String, PartnerKeys> keys = new HashMap<>();
    private final Map<Closing, ChainHead> closing = new HashMap<>();
    private final Map<Place, HistoryEvent> events = new HashMap<>();

    private EventLog(Policy policy) {
        this.policy = policy;
    }

    /** Reads every partition to its end. */
    static EventLog read(LocalRoom room, String kafka) throws IOException {
        EventLog log = new EventLog(room.policy());
        for (Partner partner : room.policy().suppliers()) {
            log.keys.put(partner.name(), PartnerKeys.read(room.partnerKeys(partner.name())));
            String topic = Topics.events(room.policy().room(), partner.name());
            for (int partition = 0; partition < partner.partitions(); partition++) {
                log.follow(partner, partition, TopicRecords.read(kafka, topic, partition));
            }
        }
        return log;
    }

    private void follow(
            Partner partner, int partition, List<ConsumerRecord<byte[], byte[]>> records) {
        ChainHead chain =
                ChainHead.genesis(policy.room(), partner.name(), partition, partner.partitions());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            byte[] value = record.value();
            Optional<Seal> seal = Codecs.SEAL.decode(value).toOptional();
            if (seal.isPresent()) {
                // Of two seals with one end the first stands.
                closing.putIfAbsent(new Closing(partner.name(), partition, seal.get().to()), chain);
            } else {
                Optional<BlindedEvent> event = Codecs.BLINDED_EVENT.decode(value).toOptional();
                if (event.isPresent()) {
                    events.put(
                            new Place(partner.name(), partition, record.offset()),
                            new HistoryEvent(partner.name(), event.get(), Digests.sha256(value)));
                }
            }
            chain = chain.next(value);
        }
    }

    /** All events of all topics. */
    Map<Place, HistoryEvent> events() {
        return Map.copyOf(events);
    }

    /** All events of one partner's topic, in any order. */
    List<BlindedEvent> of(String partner) {
        List<BlindedEvent> own = new ArrayList<>();
        for (HistoryEvent event : events.values()) {
            if (event.partner().equals(partner)) {
                own.add(event.event());
            }
        }
        return own;
    }

    /** The partner's keys. */
    PartnerKeys keys(String partner) {
        PartnerKeys own = keys.get(partner);
        if (own == null) {
            throw new IllegalArgumentException("no partner " + partner);
        }
        return own;
    }

    /**
     * Count and chain head before the seals with this end, by partition.
     *
     * @return nothing if a partition has no such seal
     */
    Optional<List<ChainHead>> closing(Partner partner, long end) {
        List<ChainHead> heads =
                IntStream.range(0, partner.partitions())
                        .mapToObj(
                                partition ->
                                        Optional.ofNullable(
                                                closing.get(
                                                        new Closing(
                                                                partner.name(), partition, end))))
                        .flatMap(Optional::stream)
                        .toList();
        return heads.size() == partner.partitions() ? Optional.of(heads) : Optional.empty();
    }

    /** The partner's noise share of a window (PROTOCOL.md section 5). */
    byte[] share(String partner, long start, long end) {
        return HmacSha256.tag(
                keys(partner).noiseSeed(),
                Lp.of(
                        Lp.text("sealroom/share/v1"),
                        Lp.text(policy.room()),
                        Lp.u64(start),
                        Lp.u64(end)));
    }
}
