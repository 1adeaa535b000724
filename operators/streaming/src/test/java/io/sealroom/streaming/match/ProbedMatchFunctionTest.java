package io.sealroom.streaming.match;

import static io.sealroom.streaming.testing.LookBackRoom.ADVERTISER;
import static io.sealroom.streaming.testing.LookBackRoom.DAY;
import static io.sealroom.streaming.testing.LookBackRoom.HOURLY;
import static io.sealroom.streaming.testing.LookBackRoom.ONE;
import static io.sealroom.streaming.testing.LookBackRoom.POLICY;
import static io.sealroom.streaming.testing.LookBackRoom.PUBLISHER;
import static io.sealroom.streaming.testing.LookBackRoom.TWO;
import static io.sealroom.streaming.testing.LookBackRoom.key;
import static io.sealroom.streaming.testing.LookBackRoom.time;
import static io.sealroom.streaming.testing.LookBackRoom.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.schemas.record.EventId;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.MatchedConversion;
import io.sealroom.streaming.flow.Probe;
import io.sealroom.streaming.flow.TokenKey;
import io.sealroom.streaming.testing.TestingBackend;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProbedMatchFunctionTest {

    private static final int NEWS = 0;
    private static final int SPORTS = 1;
    private static final long BOTH = 1 << TWO | 1 << ONE;

    @Test
    void onTimer_ownToken_answersAtTheEndOfItsSliceAlsoWithoutTouches() throws Exception {
        try (Match match = new Match(null)) {
            match.add(view("ann", 5, NEWS)).ask("ann", "ann", 15, 1, BOTH);
            match.ask("bob", "bob", 15, 2, BOTH).completeTo(10);
            assertThat(match.answers()).isEmpty();
            match.completeTo(20);
            assertThat(match.answers())
                    .containsExactlyInAnyOrder("1 " + BOTH + " [0]", "2 " + BOTH + " []");
        }
    }

    @Test
    void onTimer_olderToken_touchesOfTheEpochBeforeWithinTheLookBack() throws Exception {
        try (Match match = new Match(null)) {
            match.add(view("old", DAY - 10, NEWS)).add(view("old", DAY - 200, SPORTS));
            match.completeTo(DAY);
            match.ask("old", "ann", DAY + 100, 1, BOTH).ask("old", "bob", DAY + 340, 2, BOTH);
            match.completeTo(DAY + 350);
            // Three hours in one query, six in the other; two touches at most.
            assertThat(match.answers())
                    .containsExactlyInAnyOrder("1 " + BOTH + " [0, 1]", "2 " + (1 << TWO) + " [0]");
        }
    }

    @Test
    void onTimer_olderTokenWithoutTouches_noAnswer() throws Exception {
        try (Match match = new Match(null)) {
            match.ask("old", "ann", DAY + 5, 1, BOTH).completeTo(DAY + 10);
            assertThat(match.answers()).isEmpty();
            assertThat(match.entries()).isZero();
        }
    }

    @Test
    void onTimer_tokenOfTwoEpochs_twoIdentities() throws Exception {
        try (Match match = new Match(null)) {
            match.add(view("ann", DAY - 5, NEWS)).add(view("ann", DAY + 5, SPORTS));
            match.ask("ann", "ann", DAY + 15, 1, BOTH).completeTo(DAY + 20);
            assertThat(match.answers()).containsExactly("1 " + BOTH + " [1]");
            match.ask("ann", "bob", DAY + 25, 2, BOTH).completeTo(DAY + 30);
            assertThat(match.answers()).last().isEqualTo("2 " + BOTH + " [0]");
        }
    }

    @Test
    void onTimer_forgedLists_firstOfEachQueryByTimeThenId() throws Exception {
        try (Match match = new Match(null)) {
            match.add(view("victim", DAY - 5, NEWS)).completeTo(DAY);
            for (int i = 20; i > 0; i--) {
                match.ask("victim", "forged " + i, DAY + 5, i, BOTH);
            }
            match.ask("victim", "forged 0", DAY + 4, 99, 1 << TWO).completeTo(DAY + 10);
            assertThat(match.answers())
                    .containsExactlyInAnyOrder("99 " + (1 << TWO) + " [0]", "1 " + BOTH + " [0]");
            // The caps are the epoch's, not the slice's.
            match.ask("victim", "later", DAY + 15, 5, BOTH).completeTo(DAY + 20);
            assertThat(match.answers()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(TestingBackend.class)
    void add_forgedListsByTheThousand_boundedStateAndSameAnswers(TestingBackend backend)
            throws Exception {
        try (Match match = new Match(backend, null)) {
            match.add(view("victim", DAY - 5, NEWS)).completeTo(DAY);
            for (int i = 0; i < 20_000; i++) {
                match.ask("victim", "forged " + i, DAY + 15, 20_000 - i, BOTH);
            }
            // Agendas, older slot, timer, and of the flood some lots and a short list.
            assertThat(match.entries()).isLessThan(40);
            match.completeTo(DAY + 20);
            assertThat(match.answers())
                    .containsExactlyInAnyOrder("1 " + BOTH + " [0]", "2 " + (1 << TWO) + " [0]");
        }
    }

    @Test
    void onTimer_moreExposuresThanTheCapAndAsManyProbes_firstExposuresAndAllProbes()
            throws Exception {
        String fiveTouches = POLICY.canonicalJson().replace("\"touchesMax\":2", "\"touchesMax\":5");
        try (Match match =
                new Match(new ProbedMatchFunction(fiveTouches, 3), TestingBackend.HEAP, null)) {
            for (int minute = 1; minute <= 4; minute++) {
                match.ask("ann", "ann", minute + 5L, minute, 1 << TWO);
            }
            for (int minute = 5; minute >= 1; minute--) {
                match.add(view("ann", minute, minute == 2 ? SPORTS : NEWS));
            }
            match.completeTo(10);
            assertThat(match.answers())
                    .containsExactlyInAnyOrder(
                            "1 " + (1 << TWO) + " [0, 1, 0]",
                            "2 " + (1 << TWO) + " [0, 1, 0]",
                            "3 " + (1 << TWO) + " [0, 1, 0]",
                            "4 " + (1 << TWO) + " [0, 1, 0]");
            assertThat(match.function.alarms().eventsCut(PUBLISHER)).isEqualTo(2);
            assertThat(match.function.alarms().eventsCut(ADVERTISER)).isZero();
        }
    }

    @Test
    void onTimer_presenceWithoutAQuery_countsInOverlapAlone() throws Exception {
        try (Match match = new Match(null)) {
            match.add(view("ann", 5, NEWS)).ask("ann", "ann", 35, 1, 0).completeTo(60);
            assertThat(match.answers()).isEmpty();
            assertThat(match.contributions())
                    .containsExactly(new Contribution(HOURLY, time(0), 0, 1));
        }
    }

    @Test
    void onTimer_windowCapCut_countedOnceInTheLastWindowOfTheEpoch() throws Exception {
        try (Match match = new Match(null)) {
            for (int hour = 0; hour < 5; hour++) {
                match.add(view("ann", 60L * hour, NEWS)).ask("ann", "ann", 60L * hour, hour, 0);
            }
            match.completeTo(DAY);
            assertThat(match.contributions())
                    .containsExactly(
                            new Contribution(HOURLY, time(0), 0, 1),
                            new Contribution(HOURLY, time(60), 0, 1),
                            new Contribution(HOURLY, time(DAY - 60), 1, 1));
        }
    }

    @ParameterizedTest
    @EnumSource(TestingBackend.class)
    void onTimer_lookBackOrRoomOver_nothingLeft(TestingBackend backend) throws Exception {
        try (Match match = new Match(backend, null)) {
            match.add(view("ann", DAY - 5, NEWS)).add(view("bob", DAY + 5, NEWS));
            match.add(view("cid", 3 * DAY - 5, NEWS)).ask("cid", "cid", 3 * DAY - 5, 1, BOTH);
            match.completeTo(DAY + 350);
            int before = match.entries();
            match.completeTo(DAY + 360);
            // Ann's older slot, its agenda and its timer.
            assertThat(match.entries()).isEqualTo(before - 3);
            match.completeTo(3 * DAY);
            assertThat(match.entries()).isZero();
        }
    }

    @Test
    void restore_midSlice_sameAnswers() throws Exception {
        OperatorSubtaskState snapshot;
        try (Match match = new Match(null)) {
            match.add(view("old", DAY - 5, NEWS)).completeTo(DAY);
            match.ask("old", "ann", DAY + 5, 1, 1 << ONE).completeTo(DAY + 10);
            match.ask("old", "bob", DAY + 15, 2, BOTH);
            snapshot = match.snapshot();
        }
        try (Match match = new Match(snapshot)) {
            match.ask("old", "cid", DAY + 14, 3, BOTH).completeTo(DAY + 20);
            assertThat(match.answers())
                    .containsExactlyInAnyOrder(
                            "2 " + (1 << TWO) + " [0]", "3 " + (1 << TWO) + " [0]");
        }
    }

    @Test
    void add_lateProbeOrEvent_failsTheJob() throws Exception {
        try (Match match = new Match(null)) {
            match.completeTo(10);
            assertThatThrownBy(() -> match.ask("ann", "ann", 9, 1, BOTH))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("a probe of partner 1");
            assertThatThrownBy(() -> match.add(view("ann", 9, NEWS)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("an event of partner 0");
        }
    }

    @Test
    void watermark_ofOneInputOnly_nothingIsDecided() throws Exception {
        try (Match match = new Match(null)) {
            match.add(view("ann", 5, NEWS));
            match.harness.processWatermark1(new Watermark(time(20) - 1));
            match.ask("ann", "ann", 15, 1, BOTH);
            assertThat(match.answers()).isEmpty();
            match.completeTo(20);
            assertThat(match.answers()).containsExactly("1 " + BOTH + " [0]");
        }
    }

    /** The only subtask of the stage. */
    private static final class Match implements AutoCloseable {
        private final ProbedMatchFunction function;
        private final KeyedTwoInputStreamOperatorTestHarness<
                        TokenKey, AdmittedEvent, Probe, Contribution>
                harness;

        Match(@Nullable OperatorSubtaskState snapshot) throws Exception {
            this(TestingBackend.HEAP, snapshot);
        }

        Match(TestingBackend backend, @Nullable OperatorSubtaskState snapshot) throws Exception {
            this(new ProbedMatchFunction(POLICY.canonicalJson()), backend, snapshot);
        }

        Match(
                ProbedMatchFunction function,
                TestingBackend backend,
                @Nullable OperatorSubtaskState snapshot)
                throws Exception {
            this.function = function;
            harness =
                    new KeyedTwoInputStreamOperatorTestHarness<>(
                            new KeyedCoProcessOperator<>(function),
                            AdmittedEvent::key,
                            Probe::key,
                            TypeInformation.of(TokenKey.class));
            harness.setStateBackend(backend.make());
            if (snapshot != null) {
                harness.initializeState(snapshot);
            }
            harness.open();
        }

        Match add(AdmittedEvent event) throws Exception {
            harness.processElement1(new StreamRecord<>(event));
            return this;
        }

        /** A conversion of {@code own} asks the token; an older one if the two differ. */
        Match ask(String token, String own, long minute, long id, long queries) throws Exception {
            harness.processElement2(
                    new StreamRecord<>(
                            new Probe(
                                    key(token),
                                    !token.equals(own),
                                    key(own),
                                    ADVERTISER,
                                    new EventId(0, id),
                                    time(minute),
                                    7,
                                    queries)));
            return this;
        }

        Match completeTo(long minute) throws Exception {
            harness.processWatermark1(new Watermark(time(minute) - 1));
            harness.processWatermark2(new Watermark(time(minute) - 1));
            return this;
        }

        /** Id of the conversion, queries, cells of the touches. */
        List<String> answers() {
            @Nullable Queue<StreamRecord<MatchedConversion>> answers =
                    harness.getSideOutput(MatchFunction.CONVERSIONS);
            return answers == null
                    ? List.of()
                    : answers.stream()
                            .map(StreamRecord::getValue)
                            .map(ProbedMatchFunctionTest::text)
                            .toList();
        }

        List<Contribution> contributions() {
            return harness.extractOutputValues();
        }

        OperatorSubtaskState snapshot() throws Exception {
            return harness.snapshot(1, 1);
        }

        int entries() throws Exception {
            return TestingBackend.entries(harness);
        }

        @Override
        public void close() {
            try {
                harness.close();
            } catch (Exception e) {
                throw new IllegalStateException("the harness must close", e);
            }
        }
    }

    private static String text(MatchedConversion answer) {
        return answer.eventId().low()
                + " "
                + answer.queries()
                + " "
                + answer.touches().stream()
                        .flatMap(partner -> partner.touches().stream())
                        .map(touch -> touch.cell())
                        .toList();
    }
}
