package io.sealroom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.local.parts.LocalKafka;
import io.sealroom.pipeline.testing.ExpectedRelease;
import io.sealroom.reference.BatchReference;
import io.sealroom.schemas.policy.RoomFile;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.RejectReason;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.schemas.record.WithheldReason;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.streaming.testing.TestingPartner;
import io.sealroom.streaming.testing.TestingRoom;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Replays of scripted rooms on a real broker. */
class ReplayITCase {

    private static final String AUDITOR = "auditor-one";

    private static LocalKafka kafka;

    @BeforeAll
    static void startKafka() throws IOException {
        kafka = LocalKafka.start();
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    private static TestingRoom room(String name) {
        return TestingRoom.small(text -> text.replace("room: small-room", "room: " + name));
    }

    private static void createTopics(TestingRoom room) throws IOException {
        for (var partner : room.policy().suppliers()) {
            kafka.createTopic(
                    Topics.events(room.policy().room(), partner.name()),
                    partner.partitions(),
                    Map.of("cleanup.policy", "delete", "retention.ms", "-1"));
        }
    }

    private static Replay replay(TestingRoom room, int parallelism) {
        RoomFile file =
                new RoomFile(
                        room.identity().chainId(),
                        room.identity().contract(),
                        0,
                        Collections.emptySortedMap());
        return new Replay(
                new NodeSettings(room.policy(), file, AUDITOR, kafka.bootstrapServers()),
                new TestingSecrets(AUDITOR),
                parallelism);
    }

    /** Remembers everything, and has enough after a number of windows. */
    private static final class Listener implements ReplayListener {

        private final List<PendingRelease> released = new ArrayList<>();
        private final List<Withheld> withheld = new ArrayList<>();
        private int wanted = Integer.MAX_VALUE;

        @Override
        public void released(PendingRelease release) {
            released.add(release);
        }

        @Override
        public void withheld(Withheld reason) {
            withheld.add(reason);
        }

        @Override
        public boolean satisfied() {
            return released.size() + withheld.size() >= wanted;
        }

        @Override
        public void progress(Map<String, ReplayCounts> counts) {}
    }

    private static int records(TestingPartner partner) {
        return IntStream.range(0, partner.partitions())
                .map(partition -> partner.records(partition).size())
                .sum();
    }

    @Test
    void run_randomHistoryAsAuditor_equalsBatchReferenceAndCountsEveryRecord() throws Exception {
        for (int parallelism : new int[] {1, 2}) {
            TestingRoom room = room("replay-room-" + parallelism);
            RandomHistory history = RandomHistory.write(room, 40 + parallelism);
            TestingPartner publisher = history.partner("publisher");
            TestingPartner advertiser = history.partner("advertiser");
            createTopics(room);
            RoomTopic.produce(kafka, publisher);
            RoomTopic.produce(kafka, advertiser);
            ExpectedRelease expected =
                    new ExpectedRelease(
                            room.policy(),
                            room.identity(),
                            new ScriptedInputs(history),
                            BatchReference.totals(room.policy(), history.admitted()));
            Listener listener = new Listener();
            Map<String, ReplayCounts> counts = replay(room, parallelism).run(listener);
            assertThat(listener.released).hasSize(expected.windows());
            listener.released.forEach(expected::check);
            assertThat(listener.withheld).isEmpty();
            long events = 0;
            for (TestingPartner partner : List.of(publisher, advertiser)) {
                ReplayCounts count = counts.getOrDefault(partner.name(), ReplayCounts.NONE);
                assertThat(count.records()).isEqualTo(records(partner));
                assertThat(count.rejects()).isEmpty();
                events += count.events();
            }
            assertThat(events).isEqualTo(history.admitted().size());
        }
    }

    /** The advertiser says nothing more after its first half: the rest is not sealed, no more. */
    @Test
    void run_partnerSilentFromTheMiddle_endsWithItsWindowsIncomplete() throws Exception {
        TestingRoom room = room("replay-silent");
        RandomHistory history = RandomHistory.write(room, 5);
        createTopics(room);
        RoomTopic.produce(kafka, history.partner("publisher"));
        RoomTopic.produceRange(kafka, history.partner("advertiser"), 0.0, 0.4);
        Listener listener = new Listener();
        replay(room, 2).run(listener);
        assertThat(listener.released).isNotEmpty();
        assertThat(listener.withheld)
                .isNotEmpty()
                .allSatisfy(
                        it -> {
                            assertThat(it.reason()).isEqualTo(WithheldReason.INCOMPLETE);
                            assertThat(it.partner()).isEqualTo("advertiser");
                        });
        assertThat(listener.released.size() + listener.withheld.size()).isEqualTo(6);
    }

    @Test
    void run_recordLost_countsTheRefusedSeals() throws Exception {
        TestingRoom room = room("replay-lost");
        RandomHistory history = RandomHistory.write(room, 7);
        createTopics(room);
        RoomTopic.produce(kafka, history.partner("advertiser"));
        RoomTopic.produceWithout(kafka, history.partner("publisher"), 0, 0);
        Listener listener = new Listener();
        Map<String, ReplayCounts> counts = replay(room, 1).run(listener);
        ReplayCounts publisher = counts.getOrDefault("publisher", ReplayCounts.NONE);
        assertThat(publisher.rejects()).containsEntry(RejectReason.SEAL_COUNT, 1L);
        assertThat(publisher.records()).isEqualTo(records(history.partner("publisher")) - 1L);
        assertThat(listener.released).isEmpty();
    }

    @Test
    void run_listenerHasEnough_endsBeforeTheEnd() throws Exception {
        TestingRoom room = room("replay-enough");
        RandomHistory history = RandomHistory.write(room, 8);
        createTopics(room);
        RoomTopic.produce(kafka, history.partner("publisher"));
        RoomTopic.produce(kafka, history.partner("advertiser"));
        Listener listener = new Listener();
        listener.wanted = 1;
        replay(room, 1).run(listener);
        assertThat(listener.released).hasSize(1);
    }

    @Test
    void run_topicOfOtherShape_isRefusedForGood() throws Exception {
        TestingRoom room = room("replay-shape");
        for (var partner : room.policy().suppliers()) {
            kafka.createTopic(
                    Topics.events(room.policy().room(), partner.name()),
                    partner.partitions() + 1,
                    Map.of("cleanup.policy", "delete", "retention.ms", "-1"));
        }
        assertThatThrownBy(() -> replay(room, 1).run(new Listener()))
                .isInstanceOf(ReplayRefusedException.class)
                .hasMessageContaining("partitions, the policy says");
    }

    @Test
    void run_noSuchTopic_isAnIoException() {
        assertThatThrownBy(() -> replay(room("replay-nowhere"), 1).run(new Listener()))
                .isInstanceOf(IOException.class);
    }
}
