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
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Seal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What stands in the events topics when a room is over. Chain heads are computed anew over the
 * records, and shares from the noise seeds in the partners' key files: nothing here asks a seal.
 */
final class EventLogs implements SealedInputs {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Policy policy;
    private final Map<String, PartnerKeys> keys = new HashMap<>();
    private final Map<Closing, ChainHead> closing = new HashMap<>();
    private final List<HistoryEvent> events = new ArrayList<>();

    private record Closing(String partner, int partition, long end) {}

    private EventLogs(Policy policy) {
        this.policy = policy;
    }

    /** Reads every partition to its end. */
    static EventLogs read(LocalRoom room, String kafka) throws IOException {
        return read(room.policy(), room.keys(), kafka);
    }

    /**
     * As {@link #read(LocalRoom, String)}, of a room that may be on no chain.
     *
     * @param keys directory of the partners' key files
     */
    static EventLogs read(Policy policy, Path keys, String kafka) throws IOException {
        EventLogs logs = new EventLogs(policy);
        for (Partner partner : policy.suppliers()) {
            logs.keys.put(
                    partner.name(),
                    PartnerKeys.read(KeyGeneration.partnerFile(keys, partner.name())));
            for (int partition = 0; partition < partner.partitions(); partition++) {
                String topic = Topics.events(policy.room(), partner.name());
                logs.follow(
                        partner, partition, values(kafka, new TopicPartition(topic, partition)));
            }
        }
        return logs;
    }

    private void follow(Partner partner, int partition, List<byte[]> records) {
        ChainHead chain =
                ChainHead.genesis(policy.room(), partner.name(), partition, partner.partitions());
        for (byte[] value : records) {
            Optional<Seal> seal = Codecs.SEAL.decode(value).toOptional();
            if (seal.isPresent()) {
                closing.put(new Closing(partner.name(), partition, seal.get().to()), chain);
            } else {
                Codecs.BLINDED_EVENT
                        .decode(value)
                        .toOptional()
                        .map(
                                event ->
                                        new HistoryEvent(
                                                partner.name(), event, Digests.sha256(value)))
                        .ifPresent(events::add);
            }
            chain = chain.next(value);
        }
    }

    /** Number of events in all topics. */
    long events() {
        return events.size();
    }

    /** The events of all topics, nobody's refusals left out. */
    List<HistoryEvent> history() {
        return List.copyOf(events);
    }

    @Override
    public List<ChainHead> closing(String partner, long end) {
        return IntStream.range(0, policy.partner(partner).partitions())
                .mapToObj(partition -> closing(new Closing(partner, partition, end)))
                .toList();
    }

    private ChainHead closing(Closing seal) {
        return Optional.ofNullable(closing.get(seal))
                .orElseThrow(() -> new IllegalStateException("not in the topic: " + seal));
    }

    @Override
    public byte[] share(String partner, long start, long end) {
        PartnerKeys own = keys.get(partner);
        if (own == null) {
            throw new IllegalArgumentException("no partner " + partner);
        }
        return HmacSha256.tag(
                own.noiseSeed(),
                Lp.of(
                        Lp.text("sealroom/share/v1"),
                        Lp.text(policy.room()),
                        Lp.u64(start),
                        Lp.u64(end)));
    }

    /** All committed values of a partition, in offset order. */
    static List<byte[]> values(String kafka, TopicPartition source) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers", kafka,
                                "isolation.level", "read_committed",
                                "enable.auto.commit", "false"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(List.of(source));
            consumer.seekToBeginning(List.of(source));
            long end = consumer.endOffsets(List.of(source)).values().iterator().next();
            List<byte[]> values = new ArrayList<>();
            while (consumer.position(source) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    values.add(record.value());
                }
            }
            return values;
        }
    }
}
