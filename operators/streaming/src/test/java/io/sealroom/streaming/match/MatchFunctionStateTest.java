package io.sealroom.streaming.match;

import static io.sealroom.streaming.match.MatchRoom.ADVERTISER;
import static io.sealroom.streaming.match.MatchRoom.DAY;
import static io.sealroom.streaming.match.MatchRoom.NEWS;
import static io.sealroom.streaming.match.MatchRoom.POLICY;
import static io.sealroom.streaming.match.MatchRoom.PUBLISHER;
import static io.sealroom.streaming.match.MatchRoom.SHOP;
import static io.sealroom.streaming.match.MatchRoom.click;
import static io.sealroom.streaming.match.MatchRoom.conversion;
import static io.sealroom.streaming.match.MatchRoom.phone;
import static io.sealroom.streaming.match.MatchRoom.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.privacy.attribution.TouchBuffer;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.MatchedConversion;
import io.sealroom.streaming.flow.waiting.CapAlarms;
import io.sealroom.streaming.flow.waiting.EventsCap;
import io.sealroom.streaming.flow.waiting.Waiting;
import io.sealroom.streaming.testing.LogLines;
import io.sealroom.streaming.testing.TestingBackend;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @ParameterizedTest
    @EnumSource(TestingBackend.class)
    void onTimer_endOfTheEpoch_nothingLeft(TestingBackend backend) throws Exception {
        try (MatchHarness match = new MatchHarness(backend, 3, null)) {
            // A flood, most of which is cut, and what no query looks at.
            match.add(flood("ann", 400)).add(click(ADVERTISER, "unused", 5, NEWS));
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
            // Waiting events, the agenda and the timer.
            assertThat(match.stateEntries()).isEqualTo(3);
            match.completeTo(2 * DAY);
            assertThat(match.stateEntries()).isZero();
            assertThat(match.timers()).isZero();
        }
    }

    @Test
    void onTimer_capReached_idsAreForgotten() {
        MatchPlan plan = new MatchPlan(POLICY, IdentifierKind.EMAIL);
        ConversionTrack track = new ConversionTrack(plan, 0);
        List<AdmittedEvent> flood = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            flood.add(
                    MatchRoom.named(
                            ADVERTISER, "ann", EventKind.CONVERSION, 5, -1, 1, "order " + i));
        }
        int empty = track.words();
        track.slice(flood, new TouchTrack(plan.attribution()), new Sink());
        assertThat(track.words()).isEqualTo(empty);
    }

    @Test
    void slice_moreTouchesTooYoungThanAnEpochTakes_boundedAndCounted() {
        Policy ripeLate =
                Policy.fromCanonicalJson(
                        POLICY.canonicalJson()
                                .replace("\"viewMinAge\":0", "\"viewMinAge\":7200000"));
        assertThat(ripeLate.hash()).isNotEqualTo(POLICY.hash());
        MatchPlan plan = new MatchPlan(ripeLate, IdentifierKind.EMAIL);
        TouchTrack track = new TouchTrack(plan.attribution());
        Sink sink = new Sink();
        for (int slice = 0; slice < 4; slice++) {
            List<AdmittedEvent> flood = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                flood.add(
                        MatchRoom.event(
                                PUBLISHER, "ann", EventKind.VIEW, slice * 10L, NEWS, 0, " " + i));
            }
            track.add(flood, plan, sink);
            track.retain(MatchRoom.time(slice * 10 + 10));
        }
        assertThat(sink.cut).isEqualTo(80_000 - TouchBuffer.TOUCHES_MAX);
        assertThat(track.words()).isLessThan(5 * TouchBuffer.TOUCHES_MAX);
    }

    @Test
    void restore_underAnotherPolicy_refusedForGood() throws Exception {
        OperatorSubtaskState snapshot;
        try (MatchHarness match = new MatchHarness()) {
            snapshot = match.add(view(PUBLISHER, "ann", 5, NEWS)).snapshot();
        }
        Policy other =
                Policy.fromCanonicalJson(
                        POLICY.canonicalJson().replace("\"quota\":1000", "\"quota\":1001"));
        assertThat(other.hash()).isNotEqualTo(POLICY.hash());
        assertThatThrownBy(() -> new MatchHarness(other, snapshot))
                .isInstanceOf(SuppressRestartsException.class)
                .hasStackTraceContaining("state of the stage match was written under the policy");
    }

    @Test
    void slice_notInTimeOrder_refused() {
        TokenHistory history =
                TokenHistory.empty(new MatchPlan(POLICY, IdentifierKind.EMAIL), MatchRoom.time(10));
        List<AdmittedEvent> events = List.of(view(PUBLISHER, "ann", 5, NEWS));
        history.slice(events, List.of(), MatchRoom.time(10), new Sink());
        assertThatThrownBy(() -> history.slice(events, List.of(), MatchRoom.time(10), new Sink()))
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource(TestingBackend.class)
    void onTimer_whatNoQueryLooksAt_noState(TestingBackend backend) throws Exception {
        try (MatchHarness match = new MatchHarness(backend, 3, null)) {
            match.add(phone(view(SHOP, "ann", 5, NEWS), "ann"));
            assertThat(match.stateEntries()).isZero();
            assertThat(match.timers()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestingBackend.class)
    void add_floodsAndSnapshots_sameOutputAsOfTheEventsThatCount(TestingBackend backend)
            throws Exception {
        int seeds = backend == TestingBackend.HEAP ? 4 : 1;
        for (long seed = 0; seed < seeds; seed++) {
            Random random = new Random(seed);
            List<AdmittedEvent> history = crowded(random);
            Outcome expected = run(counting(history, 3));
            Collections.shuffle(history, random);
            Outcome outcome = new Outcome();
            OperatorSubtaskState snapshot = null;
            int slices = DAY / 10;
            for (int i = 0; i <= 4; i++) {
                int from = i * slices / 4;
                int to = (i + 1) * slices / 4;
                try (MatchHarness match = new MatchHarness(backend, 3, snapshot)) {
                    // A quarter of the day comes before its start, and before a restore.
                    for (AdmittedEvent event : history) {
                        int slice = slice(event);
                        boolean early = slice >= to && slice < to + slices / 4;
                        if (early || (i == 0 && slice < to)) {
                            match.add(event);
                        }
                    }
                    for (int slice = from; slice < to && slice < slices; slice++) {
                        match.completeTo(slice * 10L);
                    }
                    match.completeTo(Math.min(to, slices) * 10L);
                    outcome.take(match);
                    snapshot = match.snapshot();
                    if (i == 4) {
                        assertThat(match.stateEntries()).isZero();
                        assertThat(match.timers()).isZero();
                    }
                }
            }
            assertThat(outcome).as("seed %s", seed).isEqualTo(expected);
        }
    }

    @Test
    void add_flood_cutIsCountedAndSaidOnceWithoutTheToken() throws Exception {
        try (MatchHarness match = new MatchHarness(TestingBackend.HEAP, 3, null);
                LogLines log = LogLines.of(CapAlarms.class.getName())) {
            match.add(flood("ann", 400)).add(view(PUBLISHER, "bob", 5, NEWS));
            match.completeTo(DAY);
            assertThat(match.cut(PUBLISHER)).isEqualTo(397);
            assertThat(match.cut(ADVERTISER)).isZero();
            assertThat(log.written())
                    .containsExactly(
                            "WARN Events cap reached: partner publisher sent 3 events or more of"
                                    + " one identifier in the slice that ends at "
                                    + MatchRoom.time(10)
                                    + ". The first 3 by time count, on every node alike; no person"
                                    + " does so much, so ask the partner what does.");
        }
    }

    @Test
    void onTimer_manyWaitForLonger_putAsideBySlice() throws Exception {
        for (int slices : new int[] {Waiting.FEW + 1, Waiting.FEW + 2}) {
            try (MatchHarness match =
                    new MatchHarness(TestingBackend.ROCKSDB, EventsCap.EVENTS_MAX, null)) {
                for (int i = 0; i < slices; i++) {
                    match.add(view(PUBLISHER, "ann", 10L * i, NEWS));
                }
                match.completeTo(10);
                // Agenda, history, timer, and the few in their list or the many by slice.
                int waiting = slices - 1 > Waiting.FEW ? slices - 1 : 1;
                assertThat(match.stateEntries()).isEqualTo(3 + waiting);
                match.completeTo(DAY);
                assertThat(match.stateEntries()).isZero();
            }
        }
    }

    @Test
    void add_moreThanTheCapOfTheProtocol_theRestDoesNotCount() throws Exception {
        try (MatchHarness match = new MatchHarness()) {
            match.add(flood("ann", EventsCap.EVENTS_MAX + 5)).completeTo(DAY);
            assertThat(match.cut(PUBLISHER)).isEqualTo(5);
            assertThat(match.stateEntries()).isZero();
        }
    }

    @Test
    void add_aFloodOfManySlicesAhead_noStateValueHoldsIt() throws Exception {
        try (MatchHarness match = new MatchHarness(TestingBackend.ROCKSDB, 3, null)) {
            List<AdmittedEvent> flood = new ArrayList<>();
            for (int i = 0; i < 6500; i++) {
                flood.add(
                        MatchRoom.event(
                                PUBLISHER, "ann", EventKind.VIEW, i % 1000, NEWS, 0, "" + i));
            }
            match.add(flood);
            // Of a hundred slices a few lots with three at most, the agenda, the timer; no list of
            // recent ones.
            assertThat(match.stateEntries()).isBetween(102, 402);
            match.completeTo(DAY);
            assertThat(match.cut(PUBLISHER)).isEqualTo(6500 - 300);
            assertThat(match.stateEntries()).isZero();
        }
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

    /** Views of one slice. */
    private static List<AdmittedEvent> flood(String person, int events) {
        List<AdmittedEvent> flood = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            flood.add(
                    MatchRoom.event(PUBLISHER, person, EventKind.VIEW, i % 10, i % 3, 0, " " + i));
        }
        return flood;
    }

    private static int slice(AdmittedEvent event) {
        return (int) ((event.time() - MatchRoom.time(0)) / POLICY.sliceMillis());
    }

    /** A day of a few people with many events each, of some slices more than of others. */
    private static List<AdmittedEvent> crowded(Random random) {
        List<AdmittedEvent> history = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            String person = "person " + random.nextInt(3);
            int minute =
                    random.nextBoolean() ? random.nextInt(DAY) : random.nextInt(8) * 150 + i % 10;
            String id = " " + random.nextInt(500);
            int cell = random.nextInt(3);
            history.add(
                    switch (random.nextInt(4)) {
                        case 0 ->
                                MatchRoom.event(
                                        ADVERTISER,
                                        person,
                                        EventKind.CONVERSION,
                                        minute,
                                        -1,
                                        random.nextInt(2000),
                                        id);
                        case 1 ->
                                MatchRoom.event(SHOP, person, EventKind.CLICK, minute, cell, 0, id);
                        default ->
                                MatchRoom.event(
                                        PUBLISHER, person, EventKind.VIEW, minute, cell, 0, id);
                    });
        }
        return history;
    }

    /** The rule as it is written: the first of a person, partner and slice. */
    private static List<AdmittedEvent> counting(List<AdmittedEvent> history, int eventsMax) {
        Map<String, List<AdmittedEvent>> sources = new TreeMap<>();
        for (AdmittedEvent event : history) {
            String source = event.key() + " " + event.partner() + " " + slice(event);
            sources.computeIfAbsent(source, key -> new ArrayList<>()).add(event);
        }
        return sources.values().stream()
                .flatMap(
                        source ->
                                source.stream()
                                        .sorted(
                                                Comparator.comparingLong(AdmittedEvent::time)
                                                        .thenComparing(AdmittedEvent::recordHash))
                                        .limit(eventsMax))
                .toList();
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
            return it.queries()
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
        private int cut;

        @Override
        public void add(Contribution contribution) {}

        @Override
        public void add(MatchedConversion conversion) {}

        @Override
        public void cut(int partner, int events) {
            cut += events;
        }
    }
}
