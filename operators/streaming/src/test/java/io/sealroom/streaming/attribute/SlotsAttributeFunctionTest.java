package io.sealroom.streaming.attribute;

import static io.sealroom.streaming.testing.LookBackRoom.ADVERTISER;
import static io.sealroom.streaming.testing.LookBackRoom.ONE;
import static io.sealroom.streaming.testing.LookBackRoom.POLICY;
import static io.sealroom.streaming.testing.LookBackRoom.PUBLISHER;
import static io.sealroom.streaming.testing.LookBackRoom.TWO;
import static io.sealroom.streaming.testing.LookBackRoom.key;
import static io.sealroom.streaming.testing.LookBackRoom.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.privacy.attribution.Touch;
import io.sealroom.schemas.record.EventId;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.ConversionKey;
import io.sealroom.streaming.flow.MatchedConversion;
import io.sealroom.streaming.flow.PartnerTouches;
import io.sealroom.streaming.testing.TestingBackend;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows of "two": news count 0, value 1, sports 2, 3; of "one": news 0, sports 1. */
@SuppressWarnings("try") // A harness that is interrupted while it closes fails its test.
class SlotsAttributeFunctionTest {

    private static final int NEWS = 0;
    private static final int SPORTS = 1;
    private static final long BOTH = 1 << TWO | 1 << ONE;
    private static final long MILLION = 1_000_000;

    private final MatchedConversion own = slot(BOTH, touch(30, NEWS));
    private final MatchedConversion older = slot(1 << TWO, touch(40, SPORTS));

    @Test
    void onTimer_twoSlotsInAnyOrder_newestOfBothWhereTheSlotIsNotEmpty() throws Exception {
        for (List<MatchedConversion> slots : List.of(List.of(own, older), List.of(older, own))) {
            try (var harness = harness(null)) {
                for (MatchedConversion slot : slots) {
                    harness.processElement(new StreamRecord<>(slot));
                }
                harness.processWatermark(time(70) - 2);
                assertThat(harness.extractOutputValues()).isEmpty();
                harness.processWatermark(time(70) - 1);
                assertThat(harness.extractOutputValues())
                        .containsExactlyInAnyOrder(
                                new Contribution(TWO, time(0), 2, MILLION),
                                new Contribution(TWO, time(0), 3, 70),
                                new Contribution(ONE, time(60), 0, MILLION));
                assertThat(TestingBackend.entries(harness)).isZero();
            }
        }
    }

    @Test
    void onTimer_oneSlot_creditedAlone() throws Exception {
        try (var harness = harness(null)) {
            harness.processElement(new StreamRecord<>(own));
            harness.processWatermark(time(70));
            assertThat(harness.extractOutputValues())
                    .containsExactlyInAnyOrder(
                            new Contribution(TWO, time(0), 0, MILLION),
                            new Contribution(TWO, time(0), 1, 70),
                            new Contribution(ONE, time(60), 0, MILLION));
        }
    }

    @Test
    void restore_betweenTheSlots_sameCredits() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = harness(null)) {
            harness.processElement(new StreamRecord<>(older));
            snapshot = harness.snapshot(1, 1);
        }
        try (var harness = harness(snapshot)) {
            harness.processElement(new StreamRecord<>(own));
            harness.processWatermark(time(70));
            assertThat(harness.extractOutputValues())
                    .contains(new Contribution(TWO, time(0), 2, MILLION))
                    .hasSize(3);
        }
    }

    @Test
    void processElement_behindTheWatermark_failsTheJob() throws Exception {
        try (var harness = harness(null)) {
            harness.processWatermark(time(70) - 1);
            assertThatThrownBy(() -> harness.processElement(new StreamRecord<>(own)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("held them back");
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<
                    ConversionKey, MatchedConversion, Contribution>
            harness(@Nullable OperatorSubtaskState snapshot) throws Exception {
        var harness =
                new KeyedOneInputStreamOperatorTestHarness<
                        ConversionKey, MatchedConversion, Contribution>(
                        new KeyedProcessOperator<>(
                                new SlotsAttributeFunction(POLICY.canonicalJson())),
                        ConversionKey::of,
                        TypeInformation.of(ConversionKey.class));
        harness.setStateBackend(TestingBackend.HEAP.make());
        if (snapshot != null) {
            harness.initializeState(snapshot);
        }
        harness.open();
        return harness;
    }

    private static MatchedConversion slot(long queries, Touch... touches) {
        return new MatchedConversion(
                ADVERTISER,
                key("ann"),
                new EventId(1, 2),
                time(65),
                70,
                queries,
                new ArrayList<>(List.of(new PartnerTouches(PUBLISHER, List.of(touches)))));
    }

    private static Touch touch(long minute, int cell) {
        return new Touch(time(minute), 1, minute, cell, false);
    }
}
