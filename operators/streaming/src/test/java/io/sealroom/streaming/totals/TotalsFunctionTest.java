package io.sealroom.streaming.totals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.ExactTotal;
import io.sealroom.streaming.flow.TotalKey;
import java.math.BigInteger;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // A harness that is interrupted while it closes fails its test.
class TotalsFunctionTest {

    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;

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
            add(harness, 0, HOUR, 0, 1);
            harness.processWatermark(2 * HOUR - 1);
            assertThat(harness.extractOutputValues()).containsExactly(total(0, HOUR, 0, 1));
            harness.processWatermark(DAY - 1);
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
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new TotalsFunction(new long[] {HOUR, DAY})),
                TotalKey::of,
                TypeInformation.of(TotalKey.class));
    }
}
