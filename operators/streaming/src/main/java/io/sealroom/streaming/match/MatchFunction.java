package io.sealroom.streaming.match;

import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.MatchedConversion;
import io.sealroom.streaming.flow.StampedFunction;
import io.sealroom.streaming.flow.StateStamp;
import io.sealroom.streaming.flow.TokenKey;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Key: identifier kind and token. In: admitted events. Out: what the token adds to the overlap rows
 * of a window, at the window's end; into {@link #CONVERSIONS} every admitted conversion with its
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
 * one timer, at the next time at which anything can happen. The caps of the policy are not counted
 * in metrics when they are reached: such a count is an exact statistic.
 */
public final class MatchFunction extends KeyedProcessFunction<TokenKey, AdmittedEvent, Contribution>
        implements StampedFunction {

    /** Admitted conversions with their candidate touches. */
    public static final OutputTag<MatchedConversion> CONVERSIONS =
            new OutputTag<>("conversions", TypeInformation.of(MatchedConversion.class));

    private static final long serialVersionUID = 1;

    /**
     * Version of what is kept; see {@link StateStamp}. Version 1, from before there were stamps,
     * had all waiting events in one list.
     */
    private static final int LAYOUT = 2;

    private static final TypeInformation<AdmittedEvent> EVENT =
            TypeInformation.of(AdmittedEvent.class);
    private static final TypeInformation<long[]> WORDS =
            PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO;

    private transient WaitingEvents waiting;
    private transient ValueState<long[]> agenda;
    private transient ValueState<long[]> history;

    private transient Map<IdentifierKind, MatchPlan> plans;

    /** Read by tests. */
    transient MatchAlarms alarms;

    private final String policyJson;
    private final EventsCap cap;

    /**
     * @param policyJson {@link Policy#canonicalJson}
     */
    public MatchFunction(String policyJson) {
        this(policyJson, EventsCap.EVENTS_MAX);
    }

    /** With another cap, for tests. */
    @SuppressWarnings("NullAway.Init") // Transient fields are made in open.
    MatchFunction(String policyJson, int eventsMax) {
        this.policyJson = policyJson;
        this.cap = new EventsCap(eventsMax);
    }

    @Override
    public StateStamp stamp() {
        return new StateStamp("match", LAYOUT, Policy.fromCanonicalJson(policyJson).hash());
    }

    @Override
    public void open(OpenContext context) {
        Policy policy = Policy.fromCanonicalJson(policyJson);
        plans = new EnumMap<>(IdentifierKind.class);
        for (IdentifierKind kind : IdentifierKind.values()) {
            plans.put(kind, new MatchPlan(policy, kind));
        }
        RuntimeContext runtime = getRuntimeContext();
        alarms =
                new MatchAlarms(
                        runtime.getMetricGroup(),
                        policy.partners().stream().map(Partner::name).toList());
        waiting =
                new WaitingEvents(
                        runtime.getListState(new ListStateDescriptor<>("waiting", EVENT)),
                        runtime.getMapState(
                                new MapStateDescriptor<>("aside", Types.LONG, Types.LIST(EVENT))),
                        policy.sliceMillis(),
                        cap,
                        alarms);
        agenda = runtime.getState(new ValueStateDescriptor<>("agenda", WORDS));
        history = runtime.getState(new ValueStateDescriptor<>("history", WORDS));
    }

    @Override
    public void processElement(AdmittedEvent event, Context context, Collector<Contribution> out)
            throws Exception {
        if (!plan(context.getCurrentKey()).uses(event)) {
            return;
        }
        long last = waiting.sliceEnd(event) - 1;
        if (last <= context.timerService().currentWatermark()) {
            throw new IllegalStateException(
                    String.format(
                            "an event of partner %d arrived after the end of its slice, at watermark"
                                    + " %d: lateness is decided at the source, so a stage between"
                                    + " held the event back",
                            event.partner(), context.timerService().currentWatermark()));
        }
        Agenda on = Agenda.read(agenda.value());
        waiting.add(event, on);
        arm(last, on, context.timerService());
        agenda.update(on.write());
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Contribution> out)
            throws Exception {
        long now = timestamp + 1;
        MatchOutput output =
                new MatchOutput() {
                    @Override
                    public void add(Contribution contribution) {
                        out.collect(contribution);
                    }

                    @Override
                    public void add(MatchedConversion conversion) {
                        context.output(CONVERSIONS, conversion);
                    }

                    @Override
                    public void cut(int partner, int events) {
                        alarms.cut(partner, events);
                    }
                };
        Agenda on = Agenda.read(agenda.value());
        on.setTimer(Agenda.NEVER);
        WaitingEvents.Slice slice = waiting.take(now, on);
        for (int partner : cap.reached(slice.events())) {
            alarms.reached(partner, now, cap.eventsMax());
        }
        long next = Math.min(remember(context.getCurrentKey(), now, slice, output), slice.next());
        if (next != Agenda.NEVER) {
            arm(next - 1, on, context.timerService());
        }
        agenda.update(on.write());
    }

    /** Brings the token's history to {@code now}; gives when it has to be looked at again. */
    private long remember(TokenKey key, long now, WaitingEvents.Slice slice, MatchOutput output)
            throws Exception {
        MatchPlan plan = plan(key);
        long[] packed = history.value();
        TokenHistory token =
                packed == null ? TokenHistory.empty(plan, now) : TokenHistory.read(plan, packed);
        if (!slice.events().isEmpty()) {
            token.slice(slice.events(), now, output);
        }
        token.closeWindows(now, output);
        if (token.end() <= now) {
            history.clear();
            return Agenda.NEVER;
        }
        history.update(token.write());
        return token.next();
    }

    /** Moves the token's one timer to {@code time} if that is earlier. */
    private static void arm(long time, Agenda on, TimerService timers) {
        if (on.timer() <= time) {
            return;
        }
        if (on.timer() != Agenda.NEVER) {
            timers.deleteEventTimeTimer(on.timer());
        }
        timers.registerEventTimeTimer(time);
        on.setTimer(time);
    }

    private MatchPlan plan(TokenKey key) {
        return Objects.requireNonNull(plans.get(key.identifierKind()));
    }
}
