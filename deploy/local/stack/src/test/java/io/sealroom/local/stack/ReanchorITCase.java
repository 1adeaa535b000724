package io.sealroom.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.local.parts.Await;
import io.sealroom.local.parts.LocalKafka;
import io.sealroom.partner.PartnerCommand;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.topic.KafkaClients;
import io.sealroom.partner.topic.RoomTopics;
import io.sealroom.pipeline.NodeSettings;
import io.sealroom.pipeline.testing.ExpectedRelease;
import io.sealroom.privacy.secret.KeyGeneration;
import io.sealroom.privacy.secret.PartnerKeys;
import io.sealroom.reference.BatchReference;
import io.sealroom.reference.QueryWindow;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyFile;
import io.sealroom.schemas.policy.RoomFile;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Reject;
import io.sealroom.schemas.record.RejectReason;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.schemas.record.WithheldReason;
import io.sealroom.schemas.release.PendingRelease;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka loses a record of a publisher, and the room waits. The publisher re-anchors; the windows it
 * gave up are withheld, the one before and the ones after are released as the batch reference says.
 */
class ReanchorITCase {

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final String NODE = "node-one";
    private static final int DAMAGED = 1;
    private static final long START = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
    private static final long HOUR = 3_600_000;

    private final Path keys;
    private final Path run;
    private final Policy policy;
    private final RoomFile room;

    ReanchorITCase(@TempDir Path run) throws Exception {
        this.run = run;
        this.keys = run.resolve("keys");
        KeyGeneration.generate(keys, DemoPolicy.PARTNERS, List.of(NODE));
        Files.writeString(run.resolve("policy.yaml"), policyText(keys));
        this.policy = PolicyFile.read(run.resolve("policy.yaml"));
        Address contract = new Address("0x5fbdb2315678afecb367f032d93f642f64180aa3");
        this.room = new RoomFile(31337, contract, 1, Collections.emptySortedMap());
        Files.writeString(run.resolve("room.json"), room.toJson());
    }

    @Test
    void releases_recordLostAndReanchored_areWithheldWhileBrokenAndNormalLater() throws Exception {
        try (LocalKafka kafka = LocalKafka.start();
                LivePartner publisher = partner(kafka, "publisher");
                LivePartner advertiser = partner(kafka, "advertiser")) {
            try (Admin admin = clients(kafka).admin()) {
                RoomTopics.create(admin, policy, (short) 1);
            }
            publisher.start();
            advertiser.start();
            publisher.sealHours(0, 3);
            advertiser.sealHours(0, 3);
            publisher.stop();
            loseEventOfTheSecondHour(kafka);

            JobClient job =
                    LocalJobs.startCleanRoom(
                            new NodeSettings(policy, room, NODE, kafka.bootstrapServers()),
                            KeyGeneration.nodeFile(keys, NODE),
                            1,
                            run.resolve("checkpoints"),
                            null);
            try {
                Await.until("the first window", DEADLINE, () -> pending(kafka).size() == 1);
                Await.until("a refused seal", DEADLINE, () -> !rejects(kafka).isEmpty());
                assertThat(rejects(kafka))
                        .allMatch(reject -> reject.partition() == DAMAGED)
                        .extracting(Reject::reason)
                        .startsWith(RejectReason.SEAL_COUNT);

                assertThat(reanchor(kafka)).contains("withheld as BROKEN: 3 windows of PT1H");

                publisher.start();
                publisher.sealHours(4, 6);
                advertiser.sealHours(4, 6);
                Await.until("every window", DEADLINE, () -> pending(kafka).size() == 3);
                Await.until("what is given up", DEADLINE, () -> withheld(kafka).size() == 3);
                requireAsExpected(kafka);
            } finally {
                LocalJobs.cancel(job);
            }
        }
    }

    private void requireAsExpected(LocalKafka kafka) throws Exception {
        EventLog log = EventLog.read(policy, keys, kafka.bootstrapServers());
        Map<QueryWindow, List<BigInteger>> exact = BatchReference.totals(policy, log.history());
        ExpectedRelease expected = new ExpectedRelease(policy, room.identity(policy), log, exact);
        List<PendingRelease> released = pending(kafka);
        assertThat(released)
                .extracting(release -> (release.document().start() - START) / HOUR)
                .containsExactly(0L, 4L, 5L);
        for (PendingRelease release : released) {
            QueryWindow window = new QueryWindow("hourly", release.document().start());
            assertThat(exact.get(window)).first().isEqualTo(BigInteger.valueOf(3));
            expected.check(release);
        }
        assertThat(withheld(kafka))
                .extracting(window -> (window.start() - START) / HOUR)
                .containsExactly(1L, 2L, 3L);
        assertThat(withheld(kafka))
                .allMatch(
                        window ->
                                window.reason() == WithheldReason.BROKEN
                                        && "publisher".equals(window.partner())
                                        && Integer.valueOf(DAMAGED).equals(window.partition()));
    }

    private String reanchor(LocalKafka kafka) {
        StringWriter out = new StringWriter();
        int code =
                PartnerCommand.commandLine()
                        .setOut(new PrintWriter(out))
                        .execute(
                                "reanchor",
                                "--policy=" + run.resolve("policy.yaml"),
                                "--room=" + run.resolve("room.json"),
                                "--keys=" + KeyGeneration.partnerFile(keys, "publisher"),
                                "--chain=http://127.0.0.1:1",
                                "--kafka=" + kafka.bootstrapServers(),
                                "--partner=publisher",
                                "--state=" + run.resolve("state"));
        assertThat(code).as(out.toString()).isZero();
        return out.toString();
    }

    private LivePartner partner(LocalKafka kafka, String name) throws Exception {
        Membership member =
                Membership.of(
                        policy,
                        room,
                        PartnerKeys.read(KeyGeneration.partnerFile(keys, name)),
                        name);
        return new LivePartner(member, clients(kafka), run.resolve("state"));
    }

    private static KafkaClients clients(LocalKafka kafka) {
        return new KafkaClients(kafka.bootstrapServers(), Map.of());
    }

    private void loseEventOfTheSecondHour(LocalKafka kafka) throws Exception {
        String topic = Topics.events(policy.room(), "publisher");
        List<List<byte[]>> left = new ArrayList<>();
        for (int partition = 0; partition < policy.partner("publisher").partitions(); partition++) {
            left.add(new ArrayList<>(values(kafka, topic, partition)));
        }
        byte[] lost =
                left.get(DAMAGED).stream()
                        .filter(ReanchorITCase::isOfTheSecondHour)
                        .findFirst()
                        .orElseThrow();
        left.get(DAMAGED).remove(lost);
        try (Admin admin = clients(kafka).admin()) {
            admin.deleteTopics(List.of(topic)).all().get();
            Await.until("the topic to be made anew", DEADLINE, () -> made(admin, topic, left));
        }
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (int partition = 0; partition < left.size(); partition++) {
                for (byte[] value : left.get(partition)) {
                    producer.send(new ProducerRecord<>(topic, partition, null, value)).get();
                }
            }
        }
    }

    /** Of its second half: those before may be sent ahead of the seals of the first hour. */
    private static boolean isOfTheSecondHour(byte[] value) {
        return Codecs.BLINDED_EVENT
                .decode(value)
                .toOptional()
                .filter(event -> (event.eventTime() - START) / (HOUR / 2) == 3)
                .isPresent();
    }

    private static boolean made(Admin admin, String topic, List<?> partitions) {
        try {
            NewTopic wanted = new NewTopic(topic, partitions.size(), (short) 1);
            admin.createTopics(List.of(wanted)).all().get();
            return true;
        } catch (ExecutionException e) {
            // Still being deleted.
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<PendingRelease> pending(LocalKafka kafka) {
        return values(kafka, Topics.pending(policy.room(), NODE), 0).stream()
                .map(value -> Codecs.PENDING_RELEASE.decode(value).toOptional().orElseThrow())
                .toList();
    }

    private List<Reject> rejects(LocalKafka kafka) {
        return values(kafka, Topics.rejects(policy.room(), NODE), 0).stream()
                .map(value -> Codecs.REJECT.decode(value).toOptional().orElseThrow())
                .toList();
    }

    private List<Withheld> withheld(LocalKafka kafka) {
        return values(kafka, Topics.withheld(policy.room(), NODE), 0).stream()
                .map(value -> Codecs.WITHHELD.decode(value).toOptional().orElseThrow())
                .toList();
    }

    private static List<byte[]> values(LocalKafka kafka, String topic, int partition) {
        return TopicRecords.read(kafka.bootstrapServers(), topic, partition).stream()
                .map(ConsumerRecord::value)
                .toList();
    }

    private static String policyText(Path keys) throws Exception {
        JsonNode made =
                new ObjectMapper().readTree(keys.resolve(KeyGeneration.PARTICIPANTS_FILE).toFile());
        JsonNode node = made.required("nodes").get(0);
        return """
        room: mended
        mode: live
        start: 2026-01-05T00:00:00Z
        end: 2026-01-05T06:00:00Z
        slice: PT20M
        maxAhead: PT20M
        epoch: P28D
        grace: PT10S
        region: US
        quota: 200000
        ledger: "%s"
        partners:
          - {name: publisher, address: "%s", partitions: 2}
          - {name: advertiser, address: "%s", partitions: 1}
        nodes:
          - {name: node-one, address: "%s", hpkePublicKey: "%s"}
        cells: [news, sports]
        queries:
          - name: hourly
            type: overlap
            identifierKind: EMAIL
            window: PT1H
            partners: [publisher, advertiser]
            windowsPerEpoch: 24
            threshold: 0
            epsilon: {total: "2"}
        """
                .formatted(
                        LocalStack.LEDGER.hex(),
                        made.required("partners").get(0).required("address").textValue(),
                        made.required("partners").get(1).required("address").textValue(),
                        node.required("address").textValue(),
                        node.required("hpkePublicKey").textValue());
    }
}
