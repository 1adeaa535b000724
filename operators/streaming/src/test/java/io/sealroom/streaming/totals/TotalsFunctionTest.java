package io.sealroom.streaming.totals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.ExactTotal;
import io.sealroom.streaming.flow.TotalKey;
import io.sealroom.streaming.testing.TestingBackend;
import io.sealroom.streaming.testing.TestingRoom;
import java.math.BigInteger;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("try") // A harness that is interrupted while it closes fails its test.
class TotalsFunctionTest {

    private static final long HOUR = 3_600_000;
    private static final Policy POLICY = TestingRoom.small().policy();

    @Test
    void onTimer_endOfTheWindow_exactTotalOfEachRow() throws Exception {
        try (var harness = harness()) {
            harness.open();
            add(harness, 0, 0, 1, 2);
            add(harness, 0, 0, 2, 3);
            add(harness, 0, 0, 1, 5);
            harness.processWatermark(HOUR - 2);
            assertThat(harness.extractOutputValues()).isEmpty();
            harness.processWatermark(HOUR - 1);
            assertThat(harness.extractOutputValues())
                    .containsExactlyInAnyOrder(total(0, 0, 1, 7), total(0, 0, 2, 3));
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void onTimer_windowsOfTwoLengths_eachAtItsOwnEnd() throws Exception {
        try (var harness = harness()) {
            harness.open();
            add(harness, 1, 0, 0, 1);
            add(harness, 0, 0, 0, 1);
            harness.processWatermark(HOUR - 1);
            assertThat(harness.extractOutputValues()).containsExactly(total(0, 0, 0, 1));
            harness.processWatermark(2 * HOUR - 1);
            assertThat(harness.extractOutputValues()).hasSize(2).contains(total(1, 0, 0, 1));
        }
    }

    @Test
    void processElement_sumBeyondLong_exact() throws Exception {
        try (var harness = harness()) {
            harness.open();
            add(harness, 0, 0, 0, Long.MAX_VALUE);
            add(harness, 0, 0, 0, Long.MAX_VALUE);
            harness.processWatermark(HOUR - 1);
            assertThat(harness.extractOutputValues())
                    .containsExactly(
                            new ExactTotal(
                                    0, 0, 0, BigInteger.valueOf(Long.MAX_VALUE).shiftLeft(1)));
        }
    }

    @Test
    void processElement_late_failsWithoutTheAmount() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processWatermark(HOUR - 1);
            assertThatThrownBy(() -> add(harness, 0, 0, 0, 424_242))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("after the window's end")
                    .hasMessageNotContaining("424242");
            add(harness, 0, HOUR, 0, 1);
        }
    }

    @Test
    void restore_midWindow_sameTotal() throws Exception {
        OperatorSubtaskState state;
        try (var harness = harness()) {
            harness.open();
            add(harness, 0, 0, 0, 4);
            state = harness.snapshot(1, 1);
        }
        try (var harness = harness()) {
            harness.initializeState(state);
            harness.open();
            add(harness, 0, 0, 0, 6);
            harness.processWatermark(HOUR - 1);
            assertThat(harness.extractOutputValues()).containsExactly(total(0, 0, 0, 10));
        }
    }

    @Test
    void restore_underAnotherPolicy_refusedForGood() throws Exception {
        OperatorSubtaskState state;
        try (var harness = harness()) {
            harness.open();
            state = harness.snapshot(1, 1);
        }
        Policy other = TestingRoom.small(it -> it.replace("1000", "1001")).policy();
        try (var harness = harness(other)) {
            assertThatThrownBy(() -> harness.initializeState(state))
                    .isInstanceOf(SuppressRestartsException.class)
                    .hasStackTraceContaining(
                            "state of the stage totals was written under the policy");
        }
    }

    @ParameterizedTest
    @EnumSource(TestingBackend.class)
    void onTimer_endOfTheLastWindow_stateEmpty(TestingBackend backend) throws Exception {
        try (var harness = harness()) {
            harness.setStateBackend(backend.make());
            harness.open();
            for (int i = 0; i < 100; i++) {
                add(harness, i % 2, i / 50 * 2L * HOUR, i % 7, i);
            }
            assertThat(TestingBackend.entries(harness)).isPositive();
            harness.processWatermark(4 * HOUR - 1);
            assertThat(TestingBackend.entries(harness)).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    private static ExactTotal total(int query, long start, int row, long total) {
        return new ExactTotal(query, start, row, BigInteger.valueOf(total));
    }

    private static void add(
            KeyedOneInputStreamOperatorTestHarness<TotalKey, Contribution, ExactTotal> harness,
            int query,
            long start,
            int row,
            long amount)
            throws Exception {
        harness.processElement(new StreamRecord<>(new Contribution(query, start, row, amount)));
    }

    private static KeyedOneInputStreamOperatorTestHarness<TotalKey, Contribution, ExactTotal>
            harness() throws Exception {
        return harness(POLICY);
    }

    private static KeyedOneInputStreamOperatorTestHarness<TotalKey, Contribution, ExactTotal>
            harness(Policy policy) throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new TotalsFunction(policy.canonicalJson())),
                TotalKey::of,
                TypeInformation.of(TotalKey.class));
    }
}
