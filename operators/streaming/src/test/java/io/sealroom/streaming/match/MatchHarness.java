package io.sealroom.streaming.match;

import io.sealroom.privacy.attribution.Attribution;
import io.sealroom.privacy.attribution.Touch;
import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.MatchedConversion;
import io.sealroom.streaming.flow.PartnerTouches;
import io.sealroom.streaming.flow.TokenKey;
import io.sealroom.streaming.testing.TestingBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** The match stage of {@link MatchRoom}, one subtask of it. */
final class MatchHarness implements AutoCloseable {

    private static final int MAX_PARALLELISM = 128;

    private final KeyedOneInputStreamOperatorTestHarness<TokenKey, AdmittedEvent, Contribution>
            harness;
    private final MatchFunction function;
    private final int parallelism;
    private final int subtask;

    MatchHarness() throws Exception {
        this(1, 0, null);
    }

    /** A subtask that starts from a snapshot of a stage of parallelism one. */
    MatchHarness(int parallelism, int subtask, @Nullable OperatorSubtaskState snapshot)
            throws Exception {
        this(function(MatchRoom.POLICY), TestingBackend.HEAP, parallelism, subtask, snapshot);
    }

    /** The only subtask, with a backend and a cap on events. */
    MatchHarness(TestingBackend backend, int eventsMax, @Nullable OperatorSubtaskState snapshot)
            throws Exception {
        this(
                new MatchFunction(MatchRoom.POLICY.canonicalJson(), eventsMax),
                backend,
                1,
                0,
                snapshot);
    }

    /** The only subtask of a job of another policy. */
    MatchHarness(Policy policy, OperatorSubtaskState snapshot) throws Exception {
        this(function(policy), TestingBackend.HEAP, 1, 0, snapshot);
    }

    private MatchHarness(
            MatchFunction function,
            TestingBackend backend,
            int parallelism,
            int subtask,
            @Nullable OperatorSubtaskState snapshot)
            throws Exception {
        this.function = function;
        this.parallelism = parallelism;
        this.subtask = subtask;
        harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(function),
                        AdmittedEvent::key,
                        TypeInformation.of(TokenKey.class),
                        MAX_PARALLELISM,
                        parallelism,
                        subtask);
        harness.setStateBackend(backend.make());
        if (snapshot != null) {
            harness.initializeState(
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            snapshot, MAX_PARALLELISM, 1, parallelism, subtask));
        }
        harness.open();
    }

    private static MatchFunction function(Policy policy) {
        return new MatchFunction(policy.canonicalJson());
    }

    /** Gives the events that belong to this subtask. */
    MatchHarness add(AdmittedEvent... events) throws Exception {
        return add(List.of(events));
    }

    MatchHarness add(List<AdmittedEvent> events) throws Exception {
        for (AdmittedEvent event : events) {
            if (KeyGroupRangeAssignment.assignKeyToParallelOperator(
                            event.key(), MAX_PARALLELISM, parallelism)
                    == subtask) {
                harness.processElement(new StreamRecord<>(event, event.time()));
            }
        }
        return this;
    }

    /** All slices before the minute are complete. */
    MatchHarness completeTo(long minute) throws Exception {
        harness.processWatermark(MatchRoom.time(minute) - 1);
        return this;
    }

    /** Sums so far, by window and row; windows as minutes. */
    Map<String, Long> sums() {
        Map<String, Long> sums = new TreeMap<>();
        for (Contribution contribution : harness.extractOutputValues()) {
            long minute = (contribution.windowStart() - MatchRoom.time(0)) / 60_000;
            String name = MatchRoom.POLICY.queries().get(contribution.query()).name();
            sums.merge(
                    name + "@" + minute + "#" + contribution.row(),
                    contribution.amount(),
                    Long::sum);
        }
        return sums;
    }

    /** Conversions so far that a query admitted, in order of output. */
    List<MatchedConversion> conversions(int query) {
        return conversions().stream().filter(it -> (it.queries() >>> query & 1) == 1).toList();
    }

    /** The touches that a query credits with a conversion, in its order. */
    static List<Touch> touches(int query, MatchedConversion conversion) {
        AttributionQuery attribution = (AttributionQuery) MatchRoom.POLICY.queries().get(query);
        List<Touch> touches = new ArrayList<>();
        for (PartnerTouches partner : conversion.touches()) {
            String name = MatchRoom.POLICY.partners().get(partner.partner()).name();
            if (attribution.exposures().contains(name)) {
                touches.addAll(partner.touches());
            }
        }
        return Attribution.of(attribution).rank(conversion.time(), touches);
    }

    List<MatchedConversion> conversions() {
        @Nullable Queue<StreamRecord<MatchedConversion>> output =
                harness.getSideOutput(MatchFunction.CONVERSIONS);
        return output == null ? List.of() : output.stream().map(StreamRecord::getValue).toList();
    }

    OperatorSubtaskState snapshot() throws Exception {
        return harness.snapshot(1, 1);
    }

    /** Events of the partner that did not count. */
    long cut(int partner) {
        return function.alarms().eventsCut(partner);
    }

    int stateEntries() throws Exception {
        return TestingBackend.entries(harness);
    }

    int timers() {
        return harness.numEventTimeTimers();
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
