package io.sealroom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.local.parts.KafkaBroker;
import io.sealroom.pipeline.testing.ExpectedRelease;
import io.sealroom.reference.BatchReference;
import io.sealroom.reference.HistoryEvent;
import io.sealroom.reference.QueryWindow;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.streaming.testing.TestingRoom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a scripted room's runs left on the pending topic, against what its history must give: each
 * window is there, any number of times but always with the same bytes.
 */
final class PendingWindows {

    private final KafkaBroker kafka;
    private final TestingRoom room;
    private final ExpectedRelease expected;

    PendingWindows(KafkaBroker kafka, TestingRoom room, RandomHistory history) {
        this(kafka, room, new ScriptedInputs(history), history.admitted());
    }

    PendingWindows(
            KafkaBroker kafka,
            TestingRoom room,
            ScriptedInputs inputs,
            List<HistoryEvent> admitted) {
        this.kafka = kafka;
        this.room = room;
        this.expected =
                new ExpectedRelease(
                        room.policy(),
                        room.identity(),
                        inputs,
                        BatchReference.totals(room.policy(), admitted));
    }

    /** How many windows the room has. */
    int expected() {
        return expected.windows();
    }

    /** Which of them are there. */
    Set<QueryWindow> present() {
        return byWindow(0).keySet();
    }

    /** How many records are there. */
    int records() {
        return RoomTopic.count(kafka, topic());
    }

    /** Whether all windows are there. */
    boolean isComplete() {
        return isComplete(Set.of(), 0);
    }

    /** Whether all windows but some are among the records behind the first so many. */
    boolean isComplete(Set<QueryWindow> but, int skipped) {
        Set<QueryWindow> windows = new HashSet<>(but);
        windows.addAll(byWindow(skipped).keySet());
        return windows.size() == expected();
    }

    /** Fails unless every window is there, as it must be and in one form only. */
    void check() {
        Map<QueryWindow, Set<String>> windows = byWindow(0);
        assertThat(windows).hasSize(expected());
        windows.forEach((window, forms) -> assertThat(forms).as(window.toString()).hasSize(1));
        RoomTopic.read(kafka, topic(), Codecs.PENDING_RELEASE).forEach(expected::check);
        assertThat(RoomTopic.count(kafka, Topics.withheld(room.policy().room(), JobRun.NODE)))
                .isZero();
    }

    private Map<QueryWindow, Set<String>> byWindow(int skipped) {
        Map<QueryWindow, Set<String>> windows = new HashMap<>();
        List<byte[]> values = RoomTopic.values(kafka, topic());
        for (byte[] value : values.subList(Math.min(skipped, values.size()), values.size())) {
            PendingRelease release =
                    Codecs.PENDING_RELEASE.decode(value).toOptional().orElseThrow();
            windows.computeIfAbsent(
                            new QueryWindow(release.document().query(), release.document().start()),
                            window -> new TreeSet<>())
                    .add(HexFormat.of().formatHex(value));
        }
        return windows;
    }

    private String topic() {
        return Topics.pending(room.policy().room(), JobRun.NODE);
    }
}
