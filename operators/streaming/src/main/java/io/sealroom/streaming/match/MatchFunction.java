package io.sealroom.streaming.match;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.MatchedConversion;
import io.sealroom.streaming.flow.TokenKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
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
 * lateness is decided at the source, and here a result would depend on arrival. Duplicates are
 * resolved within the slice and, for conversions, the epoch.
 *
 * <p>State: events above the watermark, which the source bounds; a history of a few hundred bytes,
 * bounded by the caps (see {@link TokenHistory}), until the epoch or the room ends; one timer, at
 * the next time at which anything can happen. Caps reached are not counted in metrics: such a count
 * is an exact statistic.
 */
public final class MatchFunction
        extends KeyedProcessFunction<TokenKey, AdmittedEvent, Contribution> {

    /** Admitted conversions with their candidate touches. */
    public static final OutputTag<MatchedConversion> CONVERSIONS =
            new OutputTag<>("conversions", TypeInformation.of(MatchedConversion.class));

    private static final long serialVersionUID = 1;

    private transient ListState<AdmittedEvent> waiting;
    private transient ValueState<long[]> history;

    /** Time of the token's one timer. */
    private transient ValueState<Long> armed;

    private transient long sliceMillis;
    private transient Map<IdentifierKind, MatchPlan> plans;

    private final String policyJson;

    /**
     * @param policyJson {@link Policy#canonicalJson}
     */
    @SuppressWarnings("NullAway.Init") // Transient fields are made in open.
    public MatchFunction(String policyJson) {
        this.policyJson = policyJson;
    }

    @Override
    public void open(OpenContext context) {
        Policy policy = Policy.fromCanonicalJson(policyJson);
        sliceMillis = policy.sliceMillis();
        plans = new EnumMap<>(IdentifierKind.class);
        for (IdentifierKind kind : IdentifierKind.values()) {
            plans.put(kind, new MatchPlan(policy, kind));
        }
        waiting =
                getRuntimeContext()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "waiting", TypeInformation.of(AdmittedEvent.class)));
        history =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "history",
                                        PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
        armed = getRuntimeContext().getState(new ValueStateDescriptor<>("armed", Types.LONG));
    }

    @Override
    public void processElement(AdmittedEvent event, Context context, Collector<Contribution> out)
            throws Exception {
        if (!plan(context.getCurrentKey()).uses(event)) {
            return;
        }
        long last = sliceEnd(event) - 1;
        if (last <= context.timerService().currentWatermark()) {
            throw new IllegalStateException(
                    String.format(
                            "an event of partner %d arrived after the end of its slice, at watermark"
                                    + " %d: lateness is decided at the source, so a stage between"
                                    + " held the event back",
                            event.partner(), context.timerService().currentWatermark()));
        }
        waiting.add(event);
        arm(last, context.timerService());
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Contribution> out)
            throws Exception {
        long now = timestamp + 1;
        armed.clear();
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
                };
        long next = Math.min(release(context.getCurrentKey(), now, output), nextSlice());
        if (next != Long.MAX_VALUE) {
            arm(next - 1, context.timerService());
        }
    }

    /** Brings the token's history to {@code now}; gives when it has to be looked at again. */
    private long release(TokenKey key, long now, MatchOutput output) throws Exception {
        List<AdmittedEvent> slice = takeSlice(now);
        MatchPlan plan = plan(key);
        long[] packed = history.value();
        TokenHistory token =
                packed == null ? TokenHistory.empty(plan, now) : TokenHistory.read(plan, packed);
        if (!slice.isEmpty()) {
            token.slice(slice, now, output);
        }
        token.closeWindows(now, output);
        if (token.end() <= now) {
            history.clear();
            return Long.MAX_VALUE;
        }
        history.update(token.write());
        return token.next();
    }

    /** Takes the waiting events whose slice ends at {@code now}: none waits for longer. */
    private List<AdmittedEvent> takeSlice(long now) throws Exception {
        List<AdmittedEvent> slice = new ArrayList<>();
        List<AdmittedEvent> later = new ArrayList<>();
        for (AdmittedEvent event : waiting.get()) {
            (event.time() < now ? slice : later).add(event);
        }
        if (later.isEmpty()) {
            waiting.clear();
        } else if (!slice.isEmpty()) {
            waiting.update(later);
        }
        return slice;
    }

    /** Earliest end of a slice with waiting events; {@link Long#MAX_VALUE} without any. */
    private long nextSlice() throws Exception {
        long next = Long.MAX_VALUE;
        for (AdmittedEvent event : waiting.get()) {
            next = Math.min(next, sliceEnd(event));
        }
        return next;
    }

    /** Moves the token's one timer to {@code time} if that is earlier. */
    private void arm(long time, TimerService timers) throws Exception {
        Long current = armed.value();
        if (current != null && current <= time) {
            return;
        }
        if (current != null) {
            timers.deleteEventTimeTimer(current);
        }
        timers.registerEventTimeTimer(time);
        armed.update(time);
    }

    private long sliceEnd(AdmittedEvent event) {
        return (Math.floorDiv(event.time(), sliceMillis) + 1) * sliceMillis;
    }

    private MatchPlan plan(TokenKey key) {
        return Objects.requireNonNull(plans.get(key.identifierKind()));
    }
}
