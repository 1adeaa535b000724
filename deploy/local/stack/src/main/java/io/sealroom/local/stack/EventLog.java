package io.sealroom.local.stack;

import io.sealroom.pipeline.testing.SealedInputs;
import io.sealroom.privacy.secret.HmacSha256;
import io.sealroom.privacy.secret.KeyGeneration;
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
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What stands in the events topics when a room is over. Chain heads are computed anew over the
 * records, and noise shares from the seeds in the partners' key files: nothing here asks a seal for
 * more than where it stands.
 */
public final class EventLog implements SealedInputs {

    /** Where a record stands. */
    public record Place(String partner, int partition, long offset) {}

    private record Closing(String partner, int partition, long end) {}

    private final Policy policy;
    private final Map<String, PartnerKeys> keys = new HashMap<>();
    private final Map<Closing, ChainHead> closing = new HashMap<>();
    private final Map<Place, HistoryEvent> events = new LinkedHashMap<>();

    private EventLog(Policy policy) {
        this.policy = policy;
    }

    /** Reads every partition to its end. */
    public static EventLog read(LocalRoom room, String kafka) throws IOException {
        return read(room.policy(), room.keys(), kafka);
    }

    /**
     * As {@link #read(LocalRoom, String)}, of a room that may be on no chain.
     *
     * @param keys directory of the partners' key files
     */
    public static EventLog read(Policy policy, Path keys, String kafka) throws IOException {
        EventLog log = new EventLog(policy);
        for (Partner partner : policy.suppliers()) {
            log.keys.put(
                    partner.name(),
                    PartnerKeys.read(KeyGeneration.partnerFile(keys, partner.name())));
            String topic = Topics.events(policy.room(), partner.name());
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

    /** The events of all topics, nobody's refusals left out; by partner, partition and offset. */
    public Map<Place, HistoryEvent> events() {
        return Collections.unmodifiableMap(events);
    }

    /** The same without their places. */
    public Collection<HistoryEvent> history() {
        return events().values();
    }

    /** All events of one partner's topic. */
    public List<BlindedEvent> of(String partner) {
        return events.values().stream()
                .filter(event -> event.partner().equals(partner))
                .map(HistoryEvent::event)
                .toList();
    }

    /** The partner's keys. */
    public PartnerKeys keys(String partner) {
        PartnerKeys own = keys.get(partner);
        if (own == null) {
            throw new IllegalArgumentException("no partner " + partner);
        }
        return own;
    }

    /** Whether every partition of every partner has a seal with this end. */
    public boolean isClosed(long end) {
        return policy.suppliers().stream()
                .allMatch(
                        partner ->
                                IntStream.range(0, partner.partitions())
                                        .mapToObj(p -> new Closing(partner.name(), p, end))
                                        .allMatch(closing::containsKey));
    }

    @Override
    public List<ChainHead> closing(String partner, long end) {
        return IntStream.range(0, policy.partner(partner).partitions())
                .mapToObj(partition -> new Closing(partner, partition, end))
                .map(
                        seal ->
                                Objects.requireNonNull(
                                        closing.get(seal), () -> "not in the topic: " + seal))
                .toList();
    }

    /** PROTOCOL.md section 5. */
    @Override
    public byte[] share(String partner, long start, long end) {
        return HmacSha256.tag(
                keys(partner).noiseSeed(),
                Lp.of(
                        Lp.text("sealroom/share/v1"),
                        Lp.text(policy.room()),
                        Lp.u64(start),
                        Lp.u64(end)));
    }
}
