package io.sealroom.streaming.match;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.MatchedConversion;
import io.sealroom.streaming.flow.StampedFunction;
import io.sealroom.streaming.flow.StateStamp;
import io.sealroom.streaming.flow.TokenKey;
import io.sealroom.streaming.flow.waiting.CapAlarms;
import io.sealroom.streaming.flow.waiting.EventsCap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * The match stage of a room whose conversions have one token (K = 0). Key: identifier kind and
 * token. In: admitted events. Out: what the token adds to the overlap rows of a window, at the
 * window's end, to converters rows, and once an epoch to the count of tokens that a cap cut; into
 * {@link #CONVERSIONS} every conversion that a query admitted, once for all of them, with its
 * candidate touches, at the end of its slice.
 *
 * <p>An event waits until the watermark reaches the end of its slice. A late one fails the job:
 * lateness is decided at the source, and here a result would depend on arrival. Of the events of
 * one partner and slice that a query looks at, the first 65,536 by (time, SHA-256 of the record)
 * count ({@link EventsCap}). Duplicates are resolved within the slice and, for conversions, the
 * epoch. Of the exposures that stand, the first 65,536 of a partner and epoch are touches ({@link
 * io.sealroom.privacy.attribution.TouchBuffer#TOUCHES_MAX}).
 *
 * <p>State: events above the watermark, which the source and that cap bound; a history of a few
 * hundred bytes, bounded by the caps (see {@link TokenHistory}), until the epoch or the room ends;
 * one timer, at the next time at which anything can happen. That the caps of the policy are reached
 * is not counted in metrics of our own: such a count is an exact statistic. Flink's own counter of
 * the records that combine takes of it is that count (PRIVACY.md, "Numbers on a node").
 */
public final class MatchFunction extends KeyedProcessFunction<TokenKey, AdmittedEvent, Contribution>
        implements StampedFunction {

    /** Admitted conversions with their candidate touches. */
    public static final OutputTag<MatchedConversion> CONVERSIONS =
            new OutputTag<>("conversions", TypeInformation.of(MatchedConversion.class));

    private static final long serialVersionUID = 1;

    private transient TokenStage stage;

    private final String policyJson;
    private final EventsCap cap;

    /**
     * @param policyJson {@link Policy#canonicalJson}
     */
    public MatchFunction(String policyJson) {
        this(policyJson, EventsCap.EVENTS_MAX);
    }

    /** With another cap, for tests. */
    @SuppressWarnings("NullAway.Init") // The stage is made in open.
    MatchFunction(String policyJson, int eventsMax) {
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
    public void processElement(AdmittedEvent event, Context context, Collector<Contribution> out)
            throws Exception {
        stage.add(event, context.timerService());
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Contribution> out)
            throws Exception {
        MatchOutput output =
                new StageOutput(
                        out, conversion -> context.output(CONVERSIONS, conversion), stage.alarms());
        stage.at(timestamp + 1, context.getCurrentKey(), context.timerService(), output);
    }
}
