package io.sealroom.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.schemas.record.RejectReason;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.SourceRecord;
import io.sealroom.streaming.flow.Verdict;
import io.sealroom.streaming.testing.TestingRoom;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Hostile records through admission: 50,000, or a million with {@code -Dsealroom.campaign=full}.
 * Nothing is thrown, every record has one outcome, the one that is known beforehand where it is,
 * and every reason occurs. Each pair of logs is taken twice, one after the other and mixed with
 * restores in between: what becomes of a record is a matter of its own partition.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AdmissionCampaignTest {

    private static final int RECORDS = 3_125;
    private static final int ROUNDS =
            "full".equals(System.getProperty("sealroom.campaign")) ? 160 : 8;
    private static final int RESTORE_EVERY = 101;

    private final TestingRoom room =
            TestingRoom.small(text -> text.replace("2026-01-05T04:00", "2026-01-06T00:00"));
    private final PartnerTopic topic = PartnerTopic.of(room.identity(), room.policy(), "publisher");
    private final Map<String, Integer> outcomes = new TreeMap<>();

    @AfterAll
    void print() {
        System.out.println("admission: " + outcomes);
    }

    @BeforeAll
    void run() throws IOException {
        for (long seed = 1; seed <= ROUNDS; seed++) {
            List<HostileLog> logs =
                    List.of(
                            HostileLog.write(room, 0, RECORDS, seed),
                            HostileLog.write(room, 1, RECORDS, -seed));
            List<List<String>> straight = List.of(taken(logs, 0, seed), taken(logs, 1, seed));
            assertThat(mixed(logs, seed)).as("seed %d, mixed", seed).isEqualTo(straight);
        }
    }

    @Test
    void take_hostileRecords_tenthAdmittedAndEveryReasonHit() {
        int fed = ROUNDS * 2 * RECORDS;
        int admitted = outcomes.getOrDefault("event", 0) + outcomes.getOrDefault("verdict", 0);
        assertThat(outcomes.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(fed);
        assertThat(admitted).isGreaterThan(fed / 10);
        assertThat(outcomes.keySet())
                .containsAll(Stream.of(RejectReason.values()).map(Enum::name).toList());
    }

    /** One log by itself; what each record became. */
    private List<String> taken(List<HostileLog> logs, int partition, long seed) {
        HostileLog hostile = logs.get(partition);
        PartitionLog log =
                new PartitionLog(topic, partition, PartitionProgress.start(topic, partition));
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < hostile.records().size(); i++) {
            HostileRecord record = hostile.records().get(i);
            long before = log.progress().sealedUntil();
            SourceRecord source = log.take(i, record.value());
            String outcome = outcome(source);
            outcomes.merge(outcome, 1, Integer::sum);
            if (record.expected() != null) {
                assertThat(outcome)
                        .as("seed %d, partition %d, record %d", seed, partition, i)
                        .isEqualTo(record.expected());
            }
            assertThat(log.progress().sealedUntil() > before).isEqualTo(outcome.equals("verdict"));
            taken.add(whole(source));
        }
        assertThat(log.progress().chain()).as("seed %d", seed).isEqualTo(hostile.chain());
        return taken;
    }

    /** Both logs in a random order, as a reader with two splits has them. */
    private List<List<String>> mixed(List<HostileLog> logs, long seed) throws IOException {
        Random random = new Random(seed);
        TestingMetricGroup group = new TestingMetricGroup();
        SourceMetrics metrics = new SourceMetrics(group, "publisher", () -> 1);
        SourceAlarms alarms = new SourceAlarms();
        TestingReaderOutput target = new TestingReaderOutput();
        Map<String, PartitionLog> state = new HashMap<>();
        for (int p = 0; p < 2; p++) {
            state.put(id(p), new PartitionLog(topic, p, PartitionProgress.start(topic, p)));
            metrics.partitionTaken(p, room.policy().startMillis());
        }
        SealingOutput output = new SealingOutput(target, state, metrics, alarms);
        List<List<String>> taken = List.of(new ArrayList<>(), new ArrayList<>());
        for (int read = 1; read <= 2 * RECORDS; read++) {
            int p = random.nextInt(2);
            p = taken.get(p).size() < RECORDS ? p : 1 - p;
            int offset = taken.get(p).size();
            output.createOutputForSplit(id(p))
                    .collect(new RawRecord(offset, logs.get(p).records().get(offset).value()));
            taken.get(p).add(whole(target.records.get(read - 1)));
            assertAccounted(group, read);
            if (read % RESTORE_EVERY == 0) {
                state = restored(state);
                output = new SealingOutput(target, state, metrics, alarms);
            }
        }
        return taken;
    }

    private static void assertAccounted(TestingMetricGroup group, int read) {
        long rejected = 0;
        for (RejectReason reason : RejectReason.values()) {
            rejected += group.count("partner.publisher.reason." + reason.name() + ".rejects");
        }
        assertThat(group.count("partner.publisher.recordsRead")).isEqualTo(read);
        assertThat(
                        group.count("partner.publisher.eventsAdmitted")
                                + group.count("partner.publisher.sealsAdmitted")
                                + rejected)
                .isEqualTo(read);
    }

    private Map<String, PartitionLog> restored(Map<String, PartitionLog> state) throws IOException {
        SealedSplitSerializer serializer = new SealedSplitSerializer();
        Map<String, PartitionLog> restored = new HashMap<>();
        for (int p = 0; p < 2; p++) {
            SealedSplit split =
                    new SealedSplit(
                            new KafkaPartitionSplit(new TopicPartition(topic.name(), p), 0),
                            Objects.requireNonNull(state.get(id(p))).progress());
            byte[] bytes = serializer.serialize(split);
            restored.put(
                    id(p),
                    new PartitionLog(
                            topic,
                            p,
                            serializer.deserialize(serializer.getVersion(), bytes).progress()));
        }
        return restored;
    }

    private String id(int partition) {
        return topic.name() + "-" + partition;
    }

    /** All that a record became, as text: verdicts are not compared. */
    private static String whole(SourceRecord record) {
        AdmittedEvent event = record.event();
        Verdict verdict = record.verdict();
        if (event != null) {
            return "event " + event.recordHash() + " " + event.time() + " " + event.value();
        }
        return verdict == null
                ? String.valueOf(record.reject())
                : "verdict " + verdict.to() + " " + verdict.head() + " " + verdict.reanchor();
    }

    private static String outcome(SourceRecord record) {
        if (record.reject() != null) {
            return record.reject().reason().name();
        }
        return record.verdict() == null ? "event" : "verdict";
    }
}
