package io.sealroom.streaming.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.privacy.attribution.Touch;
import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.record.EventId;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.MatchedConversion;
import io.sealroom.streaming.flow.PartnerTouches;
import io.sealroom.streaming.flow.TokenKey;
import io.sealroom.streaming.testing.TestingRoom;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/**
 * The small room's last touch is query 1: windows of two hours; rows news count 0 and value 1,
 * sports 2 and 3, unattributed 4 and 5.
 */
@SuppressWarnings("try") // A harness that is interrupted while it closes fails its test.
class AttributeFunctionTest {

    private static final TestingRoom ROOM = TestingRoom.small();
    private static final int QUERY = 1;
    private static final int NEWS = 0;
    private static final int SPORTS = 1;
    private static final long MILLION = 1_000_000;
    private static final long VALUE_MAX = 20_000;

    @Test
    void processElement_touches_wholeCreditToTheNewestWhateverTheirOrder() throws Exception {
        Touch newest = touch(50, SPORTS);
        Touch older = touch(40, NEWS);
        for (List<Touch> touches : List.of(List.of(newest, older), List.of(older, newest))) {
            assertThat(contributions(ROOM.policy(), conversion(60, 70, touches)))
                    .containsExactly(
                            new Contribution(QUERY, ROOM.minute(0), 2, MILLION),
                            new Contribution(QUERY, ROOM.minute(0), 3, 70));
        }
    }

    @Test
    void processElement_noTouch_unattributed() throws Exception {
        assertThat(contributions(ROOM.policy(), conversion(60, 70, List.of())))
                .containsExactly(
                        new Contribution(QUERY, ROOM.minute(0), 4, MILLION),
                        new Contribution(QUERY, ROOM.minute(0), 5, 70));
    }

    @Test
    void processElement_boundOfTheWindow_windowOfTheConversionNotOfTheTouch() throws Exception {
        assertThat(contributions(ROOM.policy(), conversion(120, 70, List.of(touch(119, NEWS)))))
                .containsExactly(
                        new Contribution(QUERY, ROOM.minute(120), 0, MILLION),
                        new Contribution(QUERY, ROOM.minute(120), 1, 70));
    }

    @Test
    void processElement_valueZero_countsOnly() throws Exception {
        assertThat(contributions(ROOM.policy(), conversion(60, 0, List.of(touch(5, NEWS)))))
                .containsExactly(new Contribution(QUERY, ROOM.minute(0), 0, MILLION));
    }

    @Test
    void processElement_valueAboveTheCap_clamped() throws Exception {
        assertThat(contributions(ROOM.policy(), conversion(60, Long.MAX_VALUE, List.of())))
                .containsExactly(
                        new Contribution(QUERY, ROOM.minute(0), 4, MILLION),
                        new Contribution(QUERY, ROOM.minute(0), 5, VALUE_MAX));
    }

    @Test
    void processElement_touchesOfAPartnerThatTheQueryDoesNotName_ignored() throws Exception {
        MatchedConversion conversion = conversion(60, 0, List.of());
        MatchedConversion withOthers =
                new MatchedConversion(
                        1,
                        conversion.token(),
                        conversion.eventId(),
                        conversion.time(),
                        0,
                        1 << QUERY,
                        List.of(
                                new PartnerTouches(1, List.of(touch(59, NEWS))),
                                new PartnerTouches(0, List.of(touch(5, SPORTS)))));
        assertThat(contributions(ROOM.policy(), withOthers))
                .containsExactly(new Contribution(QUERY, ROOM.minute(0), 2, MILLION));
    }

    @Test
    void processElement_queryWithoutValues_rowsOfCountsAreNeighbours() throws Exception {
        Policy policy = withoutValues(ROOM.policy());
        assertThat(contributions(policy, conversion(60, 70, List.of(touch(5, SPORTS)))))
                .containsExactly(new Contribution(QUERY, ROOM.minute(0), 1, MILLION));
        assertThat(contributions(policy, conversion(60, 70, List.of())))
                .containsExactly(new Contribution(QUERY, ROOM.minute(0), 2, MILLION));
    }

    private static List<Contribution> contributions(Policy policy, MatchedConversion conversion)
            throws Exception {
        try (var harness =
                new OneInputStreamOperatorTestHarness<>(
                        new ProcessOperator<>(new AttributeFunction(policy.canonicalJson())))) {
            harness.open();
            harness.processElement(new StreamRecord<>(conversion));
            return harness.extractOutputValues();
        }
    }

    private static MatchedConversion conversion(long minute, long value, List<Touch> touches) {
        return new MatchedConversion(
                1,
                new TokenKey(0, 1, 2, 3, 4),
                new EventId(7, minute),
                ROOM.minute(minute),
                value,
                1 << QUERY,
                List.of(new PartnerTouches(0, touches)));
    }

    private static Touch touch(long minute, int cell) {
        return new Touch(ROOM.minute(minute), 1, minute, cell, false);
    }

    private static Policy withoutValues(Policy p) {
        List<Query> queries = new ArrayList<>(p.queries());
        AttributionQuery q = (AttributionQuery) queries.get(QUERY);
        queries.set(
                QUERY,
                new AttributionQuery(
                        q.name(),
                        q.identifierKind(),
                        q.windowMillis(),
                        q.model(),
                        q.exposures(),
                        q.conversions(),
                        q.clickLookbackMillis(),
                        q.viewLookbackMillis(),
                        q.clickMinAgeMillis(),
                        q.viewMinAgeMillis(),
                        q.clicksFirst(),
                        q.touchesMax(),
                        q.conversionsPerEpoch(),
                        q.valueMax(),
                        q.threshold(),
                        q.halfLifeMillis(),
                        q.count(),
                        null,
                        null,
                        null));
        return new Policy(
                p.room(),
                p.semantics(),
                p.mode(),
                p.startMillis(),
                p.endMillis(),
                p.sliceMillis(),
                p.epochMillis(),
                p.maxAheadMillis(),
                p.graceMillis(),
                p.lookbackEpochs(),
                p.region(),
                p.finalityDepth(),
                p.pendingAlarmMillis(),
                p.quota(),
                p.quorum(),
                p.ledger(),
                p.partners(),
                p.nodes(),
                p.auditors(),
                p.cells(),
                queries);
    }
}
