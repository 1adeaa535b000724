package io.sealroom.partner.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.local.parts.LocalKafka;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;
import io.sealroom.partner.room.TestRoom;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsTopicITCase {

    private final LocalKafka kafka;
    private final KafkaClients clients;

    EventsTopicITCase() throws IOException {
        kafka = LocalKafka.start();
        clients = new KafkaClients(kafka.bootstrapServers(), Map.of());
    }

    @AfterAll
    void stopBroker() {
        kafka.close();
    }

    @Test
    void create_room_makesEveryTopicOnceWithItsPartitions() throws Exception {
        TestRoom room = TestRoom.file("made");

        try (Admin admin = clients.admin()) {
            RoomTopics.create(admin, room.policy(), (short) 1);
            RoomTopics.create(admin, room.policy(), (short) 1);

            assertThat(RoomTopics.partitions(room.policy()))
                    .hasSize(2 + 2 + 2 + 1 + 4)
                    .containsEntry("made.events.publisher", 2)
                    .containsEntry("made.oprf.replies.publisher.advertiser", 1)
                    .containsEntry("made.signatures", 1)
                    .containsEntry("made.node-one.pending", 1);
            assertThat(admin.listTopics().names().get())
                    .containsAll(RoomTopics.partitions(room.policy()).keySet());
            TopicCheck.require(admin, room.policy(), room.policy().partner("publisher"));
        }
    }

    @Test
    void require_topicsMissing_saysSo() {
        TestRoom room = TestRoom.file("unmade");

        try (Admin admin = clients.admin()) {
            assertThatThrownBy(
                            () ->
                                    TopicCheck.require(
                                            admin,
                                            room.policy(),
                                            room.policy().partner("publisher")))
                    .hasMessageContaining("unmade.events.publisher does not exist");
        }
    }

    @Test
    void require_otherPartitionsOrCompaction_isRefused() throws Exception {
        TestRoom room = TestRoom.file("misshapen");
        kafka.createTopic("misshapen.events.publisher", 3, Map.of());
        kafka.createTopic("misshapen.events.advertiser", 1, Map.of("cleanup.policy", "compact"));
        try (Admin admin = clients.admin()) {
            RoomTopics.create(admin, room.policy(), (short) 1);

            assertThatThrownBy(
                            () ->
                                    TopicCheck.require(
                                            admin,
                                            room.policy(),
                                            room.policy().partner("publisher")))
                    .hasMessageContaining("must have 2 partitions, it has 3");
            assertThatThrownBy(
                            () ->
                                    TopicCheck.require(
                                            admin,
                                            room.policy(),
                                            room.policy().partner("advertiser")))
                    .hasMessageContaining("must have cleanup.policy delete, it has compact");
        }
    }

    /** What another partner packs would be unpacked here, to any size: also where it only asks. */
    @Test
    void require_topicOfPackedOrHugeBatches_isRefused() throws Exception {
        TestRoom packed = TestRoom.file("packed");
        TestRoom huge = TestRoom.file("huge");
        kafka.createTopic(
                "packed.oprf.requests.publisher", 1, Map.of("compression.type", "producer"));
        kafka.createTopic(
                "huge.oprf.replies.advertiser.publisher",
                1,
                Map.of("max.message.bytes", "2000000"));
        try (Admin admin = clients.admin()) {
            RoomTopics.create(admin, packed.policy(), (short) 1);
            RoomTopics.create(admin, huge.policy(), (short) 1);
            assertPublisherRefused(
                    admin, packed, "must have compression.type uncompressed, it has producer");
            assertPublisherRefused(
                    admin, huge, "must have max.message.bytes of at most 1048588, it has 2000000");
        }
    }

    private static void assertPublisherRefused(Admin admin, TestRoom room, String message) {
        assertThatThrownBy(
                        () ->
                                TopicCheck.require(
                                        admin, room.policy(), room.policy().partner("publisher")))
                .hasMessageContaining(message);
    }

    @Test
    void readBack_ownRecords_movesHeadsOverRecordsAndNotOverMarkers() throws Exception {
        TestRoom room = created("counted");
        ChainHead expected = ChainHead.genesis("counted", "publisher", 1, 2);

        try (EventsTopic topic = EventsTopic.open(room.member("publisher"), clients)) {
            for (int i = 0; i < 3; i++) {
                topic.append(1, List.of(event(2L * i), event(2L * i + 1)));
                topic.readBack();
                expected = expected.next(event(2L * i)).next(event(2L * i + 1));

                assertThat(topic.heads().get(1)).isEqualTo(expected);
            }
            assertThat(topic.heads().get(0).count()).isZero();
        }
        try (EventsTopic again = EventsTopic.open(room.member("publisher"), clients)) {
            assertThat(again.heads().get(1)).isEqualTo(expected);
            assertThat(again.replays().get(1).unsealedEvents()).hasSize(6);
        }
    }

    @Test
    void open_firstRecordsDeleted_isAnAlarmEvenIfNothingIsLeft() throws Exception {
        TestRoom room = created("expired");
        try (EventsTopic topic = EventsTopic.open(room.member("publisher"), clients)) {
            topic.append(1, List.of(event(1)));
        }
        try (Admin admin = clients.admin()) {
            // -1: up to the end.
            admin.deleteRecords(
                            Map.of(
                                    new TopicPartition("expired.events.publisher", 1),
                                    RecordsToDelete.beforeOffset(-1)))
                    .all()
                    .get();
        }

        assertThatThrownBy(() -> EventsTopic.open(room.member("publisher"), clients).close())
                .hasMessageContaining("partition 1, offset 0: MISSING_RECORD")
                .isInstanceOfSatisfying(
                        AgentException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.ALARM));
    }

    @Test
    void readBack_recordOfSomebodyElse_isAnAlarmWithItsOffset() throws Exception {
        TestRoom room = created("intruded");

        try (EventsTopic topic = EventsTopic.open(room.member("publisher"), clients)) {
            topic.append(0, List.of(event(1)));
            TopicRecords.intrude(
                    kafka.bootstrapServers(), "intruded.events.publisher", 0, event(2));

            // The first transaction took offsets 0 and, for its marker, 1.
            assertThatThrownBy(topic::readBack)
                    .hasMessageContaining("partition 0, offset 2: UNEXPECTED_RECORD")
                    .isInstanceOfSatisfying(
                            AgentException.class,
                            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.ALARM));
        }
    }

    @Test
    void open_garbageInTheTopic_isAnAlarmWithItsOffset() throws Exception {
        TestRoom room = created("littered");
        TopicRecords.intrude(
                kafka.bootstrapServers(), "littered.events.publisher", 1, new byte[] {1});

        assertThatThrownBy(() -> EventsTopic.open(room.member("publisher"), clients))
                .hasMessageContaining("partition 1, offset 0: UNEXPECTED_RECORD");
    }

    @Test
    void append_afterAnotherAgentOpened_isFenced() throws Exception {
        TestRoom room = created("fenced");

        try (EventsTopic first = EventsTopic.open(room.member("publisher"), clients);
                EventsTopic second = EventsTopic.open(room.member("publisher"), clients)) {
            assertThatThrownBy(() -> first.append(0, List.of(event(1))))
                    .isInstanceOfSatisfying(
                            AgentException.class,
                            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
                    .hasMessageContaining("another agent of this partner has taken over");
            second.append(0, List.of(event(2)));
            second.readBack();
        }
    }

    @Test
    void append_manyEvents_isFastEnough() throws Exception {
        TestRoom room = created("busy");
        int count = 220_000;
        List<byte[]> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(event(i));
        }

        try (EventsTopic topic = EventsTopic.open(room.member("publisher"), clients)) {
            long begin = System.nanoTime();
            topic.append(0, values.subList(0, count / 2));
            topic.append(1, values.subList(count / 2, count));
            topic.readBack();

            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofSeconds(20));
            assertThat(topic.heads())
                    .extracting(ChainHead::count)
                    .containsExactly(110_000L, 110_000L);
        }
    }

    private TestRoom created(String name) throws IOException {
        TestRoom room = TestRoom.file(name);
        try (Admin admin = clients.admin()) {
            RoomTopics.create(admin, room.policy(), (short) 1);
        }
        return room;
    }

    private static byte[] event(long id) {
        return Codecs.BLINDED_EVENT.encode(
                new BlindedEvent(
                        new EventId(7, id),
                        730,
                        IdentifierKind.EMAIL,
                        List.of(new Token(id, 2, 3, 4)),
                        EventKind.VIEW,
                        TestRoom.START,
                        "news",
                        null));
    }
}
