package io.sealroom.streaming.admit;

import static io.sealroom.streaming.testing.LookBackRoom.ADVERTISER;
import static io.sealroom.streaming.testing.LookBackRoom.DAY;
import static io.sealroom.streaming.testing.LookBackRoom.ONE;
import static io.sealroom.streaming.testing.LookBackRoom.POLICY;
import static io.sealroom.streaming.testing.LookBackRoom.PUBLISHER;
import static io.sealroom.streaming.testing.LookBackRoom.TWO;
import static io.sealroom.streaming.testing.LookBackRoom.conversion;
import static io.sealroom.streaming.testing.LookBackRoom.key;
import static io.sealroom.streaming.testing.LookBackRoom.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.streaming.flow.AdmittedConversion;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.Probe;
import io.sealroom.streaming.flow.TokenKey;
import io.sealroom.streaming.testing.TestingBackend;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdmitFunctionTest {

    private static final long BOTH = 1 << TWO | 1 << ONE;

    @Test
    void onTimer_admittedConversion_asksBothTokensAtTheEndOfItsSlice() throws Exception {
        try (Admit admit = new Admit(null)) {
            admit.add(conversion("ann", "old ann", 25, "a")).completeTo(29);
            assertThat(admit.probes()).isEmpty();
            admit.completeTo(30);
            assertThat(admit.probes())
                    .containsExactlyInAnyOrder(
                            "ann of ann at 25: " + BOTH, "old ann of ann at 25: " + BOTH);
        }
    }

    @Test
    void onTimer_emptyOlderSlot_asksItsOwnTokenAlone() throws Exception {
        try (Admit admit = new Admit(null)) {
            admit.add(conversion("ann", null, 25, "a")).completeTo(30);
            assertThat(admit.probes()).containsExactly("ann of ann at 25: " + BOTH);
        }
    }

    @Test
    void onTimer_moreThanTheCaps_firstOfEachQueryThenPresenceAlone() throws Exception {
        try (Admit admit = new Admit(null)) {
            admit.add(conversion("ann", "old", 3, "c"))
                    .add(conversion("ann", "old", 2, "b"))
                    .add(conversion("ann", "old", 1, "a"))
                    .add(conversion("ann", "old", 11, "d"))
                    .completeTo(20);
            assertThat(admit.probes())
                    .containsExactlyInAnyOrder(
                            "ann of ann at 1: " + BOTH,
                            "old of ann at 1: " + BOTH,
                            "ann of ann at 2: " + (1 << TWO),
                            "old of ann at 2: " + (1 << TWO),
                            "ann of ann at 11: 0");
        }
    }

    @Test
    void onTimer_ownTokenCapCut_countedOnceInTheLastWindowOfTheEpoch() throws Exception {
        try (Admit admit = new Admit(null)) {
            for (int minute = 1; minute <= 41; minute += 10) {
                admit.add(conversion("ann", null, minute, "id " + minute));
            }
            admit.add(conversion("bob", null, 1, "x"))
                    .add(conversion("bob", null, 12, "y"))
                    .add(conversion("bob", null, 23, "y"))
                    .completeTo(DAY);
            int row = POLICY.queries().get(TWO).rows(POLICY).size();
            assertThat(admit.cuts())
                    .containsExactly(new Contribution(TWO, time(DAY - 120), row, 1));
        }
    }

    @Test
    void onTimer_nextEpoch_capsAndIdsStartOver() throws Exception {
        try (Admit admit = new Admit(null)) {
            admit.add(conversion("ann", null, 1, "a")).completeTo(DAY);
            admit.add(conversion("ann", null, DAY + 1, "a")).completeTo(DAY + 10);
            assertThat(admit.probes())
                    .containsExactly(
                            "ann of ann at 1: " + BOTH, "ann of ann at " + (DAY + 1) + ": " + BOTH);
        }
    }

    @Test
    void add_lateConversion_failsTheJob() throws Exception {
        try (Admit admit = new Admit(null)) {
            admit.completeTo(10);
            assertThatThrownBy(() -> admit.add(conversion("ann", null, 9, "a")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("held it back");
        }
    }

    @ParameterizedTest
    @EnumSource(TestingBackend.class)
    void onTimer_endOfTheEpoch_nothingLeft(TestingBackend backend) throws Exception {
        try (Admit admit = new Admit(backend, 3, null)) {
            for (int i = 0; i < 300; i++) {
                admit.add(conversion("ann", "old", 5 + i % 40, "id " + i));
            }
            admit.completeTo(DAY - 10);
            assertThat(admit.entries()).isPositive();
            admit.completeTo(DAY);
            assertThat(admit.entries()).isZero();
            // Five slices with three of each at most, of which the caps leave two.
            assertThat(admit.cut()).isEqualTo(300 - 5 * 3);
            assertThat(admit.probes()).hasSize(2 * 2 + 4);
        }
    }

    /** Of the publisher no query counts conversions. */
    @ParameterizedTest
    @EnumSource(TestingBackend.class)
    void onTimer_conversionThatIsPresenceAlone_nothingLeftAfterItsSlice(TestingBackend backend)
            throws Exception {
        try (Admit admit = new Admit(backend, 3, null)) {
            admit.add(of(PUBLISHER, conversion("ann", "old", 25, "a"))).completeTo(30);
            assertThat(admit.probes()).containsExactly("ann of ann at 25: 0");
            assertThat(admit.entries()).isZero();
            admit.add(conversion("ann", null, 35, "b")).completeTo(40);
            assertThat(admit.entries()).isPositive();
            admit.add(of(PUBLISHER, conversion("ann", null, 45, "c"))).completeTo(50);
            admit.add(conversion("ann", null, 55, "b")).completeTo(60);
            assertThat(admit.probes())
                    .containsExactly(
                            "ann of ann at 25: 0",
                            "ann of ann at 35: " + BOTH,
                            "ann of ann at 45: 0",
                            "ann of ann at 55: 0");
        }
    }

    private static AdmittedConversion of(int partner, AdmittedConversion conversion) {
        AdmittedEvent event = conversion.event();
        return new AdmittedConversion(
                new AdmittedEvent(
                        partner,
                        event.key(),
                        event.eventId(),
                        event.kind(),
                        event.time(),
                        event.cell(),
                        event.value(),
                        event.recordHash()),
                conversion.older());
    }

    @Test
    void restore_midSliceAndAnyOrder_sameOutput() throws Exception {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<AdmittedConversion> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                all.add(
                        conversion(
                                "person " + random.nextInt(3),
                                random.nextBoolean() ? "old" : null,
                                random.nextInt(60),
                                "id " + random.nextInt(15)));
            }
            List<String> expected;
            try (Admit admit = new Admit(null)) {
                expected = admit.addAll(all).completeTo(60).sorted();
            }
            Collections.shuffle(all, random);
            int minute = 10 * (1 + random.nextInt(5));
            List<String> out = new ArrayList<>();
            OperatorSubtaskState snapshot;
            try (Admit admit = new Admit(null)) {
                admit.addAll(all.subList(0, 20));
                admit.addAll(early(all, minute)).completeTo(minute);
                snapshot = admit.snapshot();
                out.addAll(admit.sorted());
            }
            try (Admit admit = new Admit(snapshot)) {
                admit.addAll(later(all, minute)).completeTo(60);
                out.addAll(admit.sorted());
                Collections.sort(out);
            }
            assertThat(out).as("seed %s", seed).isEqualTo(expected);
        }
    }

    private static List<AdmittedConversion> early(List<AdmittedConversion> all, int minute) {
        return all.subList(20, 40).stream().filter(it -> it.event().time() < time(minute)).toList();
    }

    private static List<AdmittedConversion> later(List<AdmittedConversion> all, int minute) {
        return all.subList(20, 40).stream()
                .filter(it -> it.event().time() >= time(minute))
                .toList();
    }

    /** The only subtask of the stage. */
    private static final class Admit implements AutoCloseable {
        private final AdmitFunction function;
        private final KeyedOneInputStreamOperatorTestHarness<TokenKey, AdmittedConversion, Probe>
                harness;

        Admit(@Nullable OperatorSubtaskState snapshot) throws Exception {
            this(TestingBackend.HEAP, 65_536, snapshot);
        }

        Admit(TestingBackend backend, int eventsMax, @Nullable OperatorSubtaskState snapshot)
                throws Exception {
            function = new AdmitFunction(POLICY.canonicalJson(), eventsMax);
            harness =
                    new KeyedOneInputStreamOperatorTestHarness<>(
                            new KeyedProcessOperator<>(function),
                            AdmittedConversion::key,
                            TypeInformation.of(TokenKey.class));
            harness.setStateBackend(backend.make());
            if (snapshot != null) {
                harness.initializeState(snapshot);
            }
            harness.open();
        }

        Admit add(AdmittedConversion conversion) throws Exception {
            harness.processElement(new StreamRecord<>(conversion));
            return this;
        }

        Admit addAll(List<AdmittedConversion> conversions) throws Exception {
            for (AdmittedConversion conversion : conversions) {
                add(conversion);
            }
            return this;
        }

        Admit completeTo(long minute) throws Exception {
            harness.processWatermark(time(minute) - 1);
            return this;
        }

        List<String> probes() {
            return harness.extractOutputValues().stream().map(AdmitFunctionTest::text).toList();
        }

        List<String> sorted() {
            List<String> sorted = new ArrayList<>(probes());
            cuts().forEach(cut -> sorted.add(cut + " " + cut.windowStart()));
            Collections.sort(sorted);
            return sorted;
        }

        List<Contribution> cuts() {
            @Nullable Queue<StreamRecord<Contribution>> cuts =
                    harness.getSideOutput(AdmitFunction.CUTS);
            return cuts == null ? List.of() : cuts.stream().map(StreamRecord::getValue).toList();
        }

        OperatorSubtaskState snapshot() throws Exception {
            return harness.snapshot(1, 1);
        }

        long cut() {
            return function.alarms().eventsCut(ADVERTISER);
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

    /** Who is asked, for whose conversion of which minute, by which queries. */
    private static String text(Probe probe) {
        return String.format(
                "%s of %s at %d: %d",
                name(probe.key()),
                name(probe.token()),
                (probe.time() - time(0)) / 60_000,
                probe.queries());
    }

    private static String name(TokenKey token) {
        return List.of("ann", "bob", "old", "old ann", "person 0", "person 1", "person 2").stream()
                .filter(name -> key(name).equals(token))
                .findFirst()
                .orElseThrow();
    }
}
