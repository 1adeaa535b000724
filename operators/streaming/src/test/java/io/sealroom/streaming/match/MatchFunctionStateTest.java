package io.sealroom.streaming.match;

import static io.sealroom.streaming.match.MatchRoom.ADVERTISER;
import static io.sealroom.streaming.match.MatchRoom.DAY;
import static io.sealroom.streaming.match.MatchRoom.NEWS;
import static io.sealroom.streaming.match.MatchRoom.POLICY;
import static io.sealroom.streaming.match.MatchRoom.PUBLISHER;
import static io.sealroom.streaming.match.MatchRoom.SHOP;
import static io.sealroom.streaming.match.MatchRoom.conversion;
import static io.sealroom.streaming.match.MatchRoom.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.MatchedConversion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class MatchFunctionStateTest {

    @Test
    void onTimer_manySlicesAhead_oneTimerPerToken() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            match.add(
                    view(PUBLISHER, "ann", 500, NEWS),
                    view(PUBLISHER, "ann", 35, NEWS),
                    view(PUBLISHER, "ann", 65, NEWS),
                    conversion("bob", 5, 1));
            assertThat(match.timers()).isEqualTo(2);
            match.completeTo(40);
            assertThat(match.timers()).isEqualTo(2);
            match.completeTo(700);
            assertThat(match.timers()).isEqualTo(2);
        }
    }

    @Test
    void onTimer_endOfTheEpoch_nothingLeft() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            match.add(randomHistory(1, DAY)).completeTo(DAY - 10);
            assertThat(match.stateEntries()).isPositive();
            match.completeTo(DAY);
            assertThat(match.stateEntries()).isZero();
            assertThat(match.timers()).isZero();
        }
    }

    @Test
    void onTimer_nextEpochWaits_onlyItsEventsAreLeft() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            match.add(view(PUBLISHER, "ann", 5, NEWS), view(PUBLISHER, "ann", DAY + 5, NEWS));
            match.completeTo(DAY);
            // Waiting events and the timer's time.
            assertThat(match.stateEntries()).isEqualTo(2);
            match.completeTo(2 * DAY);
            assertThat(match.stateEntries()).isZero();
            assertThat(match.timers()).isZero();
        }
    }

    @Test
    void onTimer_capReached_idsAreForgotten() {
        MatchPlan plan = new MatchPlan(POLICY, IdentifierKind.EMAIL);
        AttributionTrack track = new AttributionTrack(plan.attribution(), 0);
        List<AdmittedEvent> flood = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            flood.add(
                    MatchRoom.named(
                            ADVERTISER, "ann", EventKind.CONVERSION, 5, -1, 1, "order " + i));
        }
        int empty = track.words();
        track.slice(flood, MatchRoom.time(10), plan.duplicates(), new Sink());
        assertThat(track.words()).isEqualTo(empty);
    }

    @Test
    void read_otherLayoutOrPolicy_refusedWithWhatToDo() {
        MatchPlan plan = new MatchPlan(POLICY, IdentifierKind.EMAIL);
        TokenHistory history = TokenHistory.empty(plan, MatchRoom.time(10));
        history.slice(List.of(view(PUBLISHER, "ann", 5, NEWS)), MatchRoom.time(10), new Sink());
        long[] packed = history.write();
        packed[0] ^= 1;
        assertThatThrownBy(() -> TokenHistory.read(plan, packed))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("start without this savepoint");
    }

    @Test
    void slice_notInTimeOrder_refused() {
        TokenHistory history =
                TokenHistory.empty(new MatchPlan(POLICY, IdentifierKind.EMAIL), MatchRoom.time(10));
        List<AdmittedEvent> events = List.of(view(PUBLISHER, "ann", 5, NEWS));
        history.slice(events, MatchRoom.time(10), new Sink());
        assertThatThrownBy(() -> history.slice(events, MatchRoom.time(10), new Sink()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void restore_atAnyMinute_sameOutput() throws Exception {
        List<AdmittedEvent> history = randomHistory(3, 2 * DAY);
        Outcome expected = run(history);
        for (int cut = 10; cut < 2 * DAY; cut += 370) {
            int minute = cut;
            List<AdmittedEvent> before =
                    history.stream()
                            .filter(event -> event.time() < MatchRoom.time(minute + 15))
                            .toList();
            List<AdmittedEvent> after =
                    history.stream()
                            .filter(event -> event.time() >= MatchRoom.time(minute + 15))
                            .toList();
            Outcome outcome = new Outcome();
            OperatorSubtaskState snapshot;
            try (MatchHarness match = new MatchHarness()) {
                match.add(before).completeTo(Math.floorDiv(cut, 10) * 10L);
                snapshot = match.snapshot();
                outcome.take(match);
            }
            // Rescaled on the way from one subtask to three.
            for (int subtask = 0; subtask < 3; subtask++) {
                try (MatchHarness match = new MatchHarness(3, subtask, snapshot)) {
                    match.add(after).completeTo(2 * DAY);
                    outcome.take(match);
                    assertThat(match.stateEntries()).isZero();
                }
            }
            assertThat(outcome).as("cut at minute %s", cut).isEqualTo(expected);
        }
    }

    @Test
    void add_anyArrivalOrderAndWatermarks_sameOutput() throws Exception {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<AdmittedEvent> history = randomHistory(seed, 2 * DAY);
            Outcome expected = run(history);
            Collections.shuffle(history, random);
            assertThat(run(history)).as("seed %s, all at once", seed).isEqualTo(expected);

            // Each event comes at a random slice end that is not too late for it.
            Map<Integer, List<AdmittedEvent>> arrivals = new TreeMap<>();
            for (AdmittedEvent event : history) {
                int slice = (int) ((event.time() - MatchRoom.time(0)) / POLICY.sliceMillis());
                arrivals.computeIfAbsent(random.nextInt(slice + 1), key -> new ArrayList<>())
                        .add(event);
            }
            Outcome outcome = new Outcome();
            try (MatchHarness match = new MatchHarness()) {
                for (Map.Entry<Integer, List<AdmittedEvent>> arrival : arrivals.entrySet()) {
                    match.completeTo(arrival.getKey() * 10L).add(arrival.getValue());
                }
                match.completeTo(2 * DAY);
                outcome.take(match);
            }
            assertThat(outcome).as("seed %s, one by one", seed).isEqualTo(expected);
        }
    }

    private static Outcome run(List<AdmittedEvent> history) throws Exception {
        Outcome outcome = new Outcome();
        try (MatchHarness match = new MatchHarness()) {
            match.add(history).completeTo(2 * DAY);
            outcome.take(match);
        }
        return outcome;
    }

    /** Few people, few ids and few times, so that they collide. */
    private static List<AdmittedEvent> randomHistory(long seed, int minutes) {
        Random random = new Random(seed);
        List<AdmittedEvent> history = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String person = "person " + random.nextInt(6);
            int minute = Math.min(random.nextInt(minutes), random.nextInt(minutes));
            String id = "id " + random.nextInt(60);
            int partner = random.nextBoolean() ? PUBLISHER : SHOP;
            int cell = random.nextInt(3);
            history.add(
                    switch (random.nextInt(4)) {
                        case 0 ->
                                MatchRoom.named(
                                        ADVERTISER,
                                        person,
                                        EventKind.CONVERSION,
                                        minute,
                                        -1,
                                        random.nextInt(2000),
                                        id);
                        case 1 ->
                                MatchRoom.named(
                                        partner, person, EventKind.CLICK, minute, cell, 0, id);
                        default ->
                                MatchRoom.named(
                                        partner, person, EventKind.VIEW, minute, cell, 0, id);
                    });
        }
        return history;
    }

    /** What came out, without its order: everything behind the stage is a sum. */
    private static final class Outcome {
        private final Map<String, Long> sums = new TreeMap<>();
        private final List<String> conversions = new ArrayList<>();

        void take(MatchHarness match) {
            match.sums().forEach((row, amount) -> sums.merge(row, amount, Long::sum));
            match.conversions().forEach(it -> conversions.add(text(it)));
            conversions.sort(Comparator.naturalOrder());
        }

        private static String text(MatchedConversion it) {
            return it.query()
                    + " "
                    + it.eventId()
                    + " "
                    + it.time()
                    + " "
                    + it.value()
                    + " "
                    + it.touches();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Outcome that
                    && sums.equals(that.sums)
                    && conversions.equals(that.conversions);
        }

        @Override
        public int hashCode() {
            return sums.hashCode();
        }

        @Override
        public String toString() {
            return sums + " " + conversions;
        }
    }

    /** Takes everything, keeps nothing. */
    private static final class Sink implements MatchOutput {
        @Override
        public void add(Contribution contribution) {}

        @Override
        public void add(MatchedConversion conversion) {}
    }
}
