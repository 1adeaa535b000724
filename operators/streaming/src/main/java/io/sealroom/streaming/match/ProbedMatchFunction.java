package io.sealroom.streaming.match;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.Probe;
import io.sealroom.streaming.flow.StampedFunction;
import io.sealroom.streaming.flow.StateStamp;
import io.sealroom.streaming.flow.TokenKey;
import io.sealroom.streaming.flow.waiting.CapAlarms;
import io.sealroom.streaming.flow.waiting.EventsCap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The match stage of a room whose conversions look back into the epoch before (K = 1). Key:
 * identifier kind and token. In: exposures; probes of the admit stage. Out: what {@link
 * MatchFunction} gives, but for converters, which only rooms with K = 0 have; into {@link
 * MatchFunction#CONVERSIONS} the answer of each probe, at the end of its slice: that of a
 * conversion's own token always, that of its older one if it has touches.
 *
 * <p>Exposures and probes wait until the watermark reaches the end of their slice. No probe is
 * late: the admit stage gives it from a timer at the last millisecond of the slice, so before it
 * lets the watermark of that millisecond pass; both take one channel in this order; and the
 * watermark here is the smaller of the two inputs'. A late one fails the job.
 *
 * <p>State: as of {@link MatchFunction}, but of conversions only what waits: of those that have a
 * token as their older one, the first C of each query and slice ({@link ProbesCap}). Touches
 * outlive their epoch by the longest look-back ({@link OlderSlot}).
 */
public final class ProbedMatchFunction
        extends KeyedCoProcessFunction<TokenKey, AdmittedEvent, Probe, Contribution>
        implements StampedFunction {

    private static final long serialVersionUID = 1;

    private transient TokenStage stage;

    private final String policyJson;
    private final EventsCap cap;

    /**
     * @param policyJson {@link Policy#canonicalJson}
     */
    public ProbedMatchFunction(String policyJson) {
        this(policyJson, EventsCap.EVENTS_MAX);
    }

    /** With another cap, for tests. */
    @SuppressWarnings("NullAway.Init") // The stage is made in open.
    ProbedMatchFunction(String policyJson, int eventsMax) {
        this.policyJson = policyJson;
        this.cap = new EventsCap(eventsMax);
    }

    @Override
    public StateStamp stamp() {
        return StateStamp.of("match", TokenStage.LAYOUT, policyJson);
    }

    @Override
    public void open(OpenContext context) {
        stage = new TokenStage(Policy.fromCanonicalJson(policyJson), cap, getRuntimeContext());
    }

    /** For tests. */
    CapAlarms alarms() {
        return stage.alarms();
    }

    @Override
    public void processElement1(AdmittedEvent event, Context context, Collector<Contribution> out)
            throws Exception {
        stage.add(event, context.timerService());
    }

    @Override
    public void processElement2(Probe probe, Context context, Collector<Contribution> out)
            throws Exception {
        stage.add(probe, context.timerService());
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Contribution> out)
            throws Exception {
        MatchOutput output =
                new StageOutput(
                        out,
                        conversion -> context.output(MatchFunction.CONVERSIONS, conversion),
                        stage.alarms());
        stage.at(timestamp + 1, context.getCurrentKey(), context.timerService(), output);
    }
}
