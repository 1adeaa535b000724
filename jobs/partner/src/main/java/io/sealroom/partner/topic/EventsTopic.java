package io.sealroom.partner.topic;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.seal.LedgerDifference;
import io.sealroom.partner.seal.PartitionLedger;
import io.sealroom.partner.seal.PartitionReplay;
import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.policy.Topics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/**
 * This partner's events topic, with its one writer for each partition. Whatever it holds is read
 * back and compared with what was acknowledged; the first difference ends the agent.
 */
public final class EventsTopic implements AutoCloseable {

    private final String topic;
    private final List<PartitionWriter> writers = new ArrayList<>();
    private final List<PartitionReplay> replays;
    private final List<PartitionLedger> ledgers;
    private final PartitionReader reader;

    private EventsTopic(Membership member, KafkaClients clients, long memoryMillis)
            throws AgentException {
        this.topic = Topics.events(member.policy().room(), member.name());
        List<TopicPartition> partitions = partitions(member);
        this.reader = new PartitionReader(clients, partitions);
        try {
            // First the fence: what an earlier writer left open is then in the topic, or never.
            for (TopicPartition partition : partitions) {
                writers.add(
                        PartitionWriter.open(
                                clients, partition, transactionalId(member, partition)));
            }
            this.replays = replay(reader, member, memoryMillis);
        } catch (AgentException e) {
            close();
            throw e;
        }
        this.ledgers =
                IntStream.range(0, replays.size())
                        .mapToObj(i -> new PartitionLedger(i, replays.get(i).head()))
                        .toList();
    }

    /**
     * Fences earlier writers of the topic, then reads back everything they left.
     *
     * @throws AgentException if Kafka is away, or the topic holds what this partner did not write
     */
    public static EventsTopic open(Membership member, KafkaClients clients) throws AgentException {
        return open(member, clients, Long.MAX_VALUE);
    }

    /**
     * As {@link #open(Membership, KafkaClients)}, for a topic that grows without end: of the sealed
     * events only the latest are remembered.
     *
     * @param memoryMillis how long before the last seal's end a seal may end whose events are
     *     remembered
     */
    public static EventsTopic open(Membership member, KafkaClients clients, long memoryMillis)
            throws AgentException {
        EventsTopic opened = openDamaged(member, clients, memoryMillis);
        try {
            for (PartitionReplay replay : opened.replays) {
                opened.requireNone(replay.difference());
            }
            return opened;
        } catch (AgentException e) {
            opened.close();
            throw e;
        }
    }

    /**
     * As {@link #open(Membership, KafkaClients, long)}, whatever the topic holds; only not if its
     * first records are gone, since a chain head counts from the first record ever.
     */
    public static EventsTopic openDamaged(
            Membership member, KafkaClients clients, long memoryMillis) throws AgentException {
        return new EventsTopic(member, clients, memoryMillis);
    }

    /**
     * Where each partition stands, as {@link #openDamaged} would find it, but for what an earlier
     * writer has left open; disturbs no writer.
     */
    public static List<PartitionReplay> look(
            Membership member, KafkaClients clients, long memoryMillis) throws AgentException {
        try (PartitionReader reader = new PartitionReader(clients, partitions(member))) {
            return replay(reader, member, memoryMillis);
        }
    }

    private static List<TopicPartition> partitions(Membership member) {
        String name = Topics.events(member.policy().room(), member.name());
        return IntStream.range(0, member.self().partitions())
                .mapToObj(partition -> new TopicPartition(name, partition))
                .toList();
    }

    private static String transactionalId(Membership member, TopicPartition partition) {
        return "sealroom-"
                + member.policy().room()
                + "-"
                + member.name()
                + "-"
                + partition.partition();
    }

    private static List<PartitionReplay> replay(
            PartitionReader reader, Membership member, long memoryMillis) throws AgentException {
        PartnerTopic partnerTopic =
                PartnerTopic.of(member.identity(), member.policy(), member.name());
        List<PartitionReplay> found =
                IntStream.range(0, member.self().partitions())
                        .mapToObj(
                                partition ->
                                        new PartitionReplay(partnerTopic, partition, memoryMillis))
                        .toList();
        for (int partition : reader.truncated()) {
            // A topic emptied by age looks new: it would all be sent and sealed a second time.
            throw alarm(
                    partnerTopic.name(),
                    new LedgerDifference(partition, 0, LedgerDifference.Kind.MISSING_RECORD));
        }
        reader.readToEnd(
                Collections.nCopies(found.size(), -1L),
                (partition, offset, value) -> found.get(partition).record(offset, value));
        return found;
    }

    public int partitions() {
        return writers.size();
    }

    /** Where each partition stood when the topic was opened. */
    public List<PartitionReplay> replays() {
        return List.copyOf(replays);
    }

    /**
     * Sends records to one partition, in order, and returns when they are committed.
     *
     * @return the offset of each, rising
     */
    public List<Long> append(int partition, List<byte[]> values)
            throws AgentException, InterruptedException {
        List<Long> offsets = writers.get(partition).append(values);
        for (int i = 0; i < offsets.size(); i++) {
            ledgers.get(partition).acknowledged(offsets.get(i), Digests.sha256(values.get(i)));
        }
        return offsets;
    }

    /**
     * Reads back what the partitions hold since the last time.
     *
     * @throws AgentException if it is not exactly what was acknowledged
     */
    public void readBack() throws AgentException {
        reader.readToEnd(
                ledgers.stream().map(PartitionLedger::lastExpectedOffset).toList(),
                (partition, offset, value) ->
                        requireNone(
                                ledgers.get(partition).readBack(offset, Digests.sha256(value))));
        for (PartitionLedger ledger : ledgers) {
            requireNone(ledger.atEnd());
        }
    }

    /** Count and head of everything read back, by partition. */
    public List<ChainHead> heads() {
        return ledgers.stream().map(PartitionLedger::head).toList();
    }

    /** Ends the agent with an alarm if there is a difference. */
    public void requireNone(Optional<LedgerDifference> difference) throws AgentException {
        if (difference.isPresent()) {
            throw alarm(topic, difference.get());
        }
    }

    private static AgentException alarm(String topic, LedgerDifference found) {
        return AgentException.alarm(
                "topic %s, partition %d, offset %d: %s; nothing more is sealed. Somebody else"
                        + " writes to this topic, or Kafka lost or changed a record. To go on all"
                        + " the same: sealroom partner reanchor",
                topic, found.partition(), found.offset(), found.kind());
    }

    @Override
    public void close() {
        // Clients close badly under an interrupt; whoever stopped us sees it afterwards.
        boolean interrupted = Thread.interrupted();
        writers.forEach(PartitionWriter::close);
        reader.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
