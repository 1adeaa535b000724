package io.sealroom.streaming.match;

import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.Probe;
import io.sealroom.streaming.flow.TokenKey;
import io.sealroom.streaming.flow.waiting.Agenda;
import io.sealroom.streaming.flow.waiting.CapAlarms;
import io.sealroom.streaming.flow.waiting.EventsCap;
import io.sealroom.streaming.flow.waiting.Lateness;
import io.sealroom.streaming.flow.waiting.Waiting;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/**
 * What both operators of the match stage remember of the token at hand, and do at the end of a
 * slice. {@link MatchFunction} and {@link ProbedMatchFunction} say what comes in.
 */
final class TokenStage {

    /**
     * Version of what is kept. Version 1, from before there were stamps, had all waiting events in
     * one list.
     */
    static final int LAYOUT = 2;

    private static final TypeInformation<AdmittedEvent> EVENT =
            TypeInformation.of(AdmittedEvent.class);
    private static final TypeInformation<long[]> WORDS =
            PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO;

    private final Map<IdentifierKind, MatchPlan> plans = new EnumMap<>(IdentifierKind.class);
    private final EventsCap cap;
    private final CapAlarms alarms;
    private final Waiting<AdmittedEvent> waiting;
    private final ValueState<long[]> agenda;
    private final ValueState<long[]> history;

    /** Null with K = 0. */
    private final @Nullable ProbedSlots probed;

    TokenStage(Policy policy, EventsCap cap, RuntimeContext runtime) {
        for (IdentifierKind kind : IdentifierKind.values()) {
            plans.put(kind, new MatchPlan(policy, kind));
        }
        this.cap = cap;
        alarms =
                new CapAlarms(
                        runtime.getMetricGroup(),
                        policy.partners().stream().map(Partner::name).toList());
        waiting =
                new Waiting<>(
                        runtime.getListState(new ListStateDescriptor<>("waiting", EVENT)),
                        runtime.getMapState(
                                new MapStateDescriptor<>("aside", Types.LONG, Types.LIST(EVENT))),
                        AdmittedEvent::time,
                        policy.sliceMillis(),
                        cap.eventsMax(),
                        events -> cap.cut(events, Function.identity(), alarms));
        agenda = runtime.getState(new ValueStateDescriptor<>("agenda", WORDS));
        history = runtime.getState(new ValueStateDescriptor<>("history", WORDS));
        probed = policy.lookbackEpochs() == 0 ? null : new ProbedSlots(policy, runtime);
    }

    CapAlarms alarms() {
        return alarms;
    }

    /** An event that a query looks at waits for the end of its slice. */
    void add(AdmittedEvent event, TimerService timers) throws Exception {
        if (!plan(event.key()).uses(event)) {
            return;
        }
        long sliceEnd = waiting.sliceEnd(event);
        Lateness.refuse("an event", event.partner(), sliceEnd, timers);
        Agenda on = Agenda.read(agenda.value());
        waiting.add(event, on);
        on.arm(sliceEnd - 1, timers);
        agenda.update(on.write());
    }

    /** So does a probe. */
    void add(Probe probe, TimerService timers) throws Exception {
        long sliceEnd = probed().sliceEnd(probe);
        Lateness.refuse("a probe", probe.partner(), sliceEnd, timers);
        probed().add(probe, plan(probe.key()));
        Agenda on = Agenda.read(agenda.value());
        on.arm(sliceEnd - 1, timers);
        agenda.update(on.write());
    }

    /** Everything that happens to the token at {@code now}, an end of a slice. */
    void at(long now, TokenKey key, TimerService timers, MatchOutput out) throws Exception {
        Agenda on = Agenda.read(agenda.value());
        on.fired();
        Waiting.Slice<AdmittedEvent> events = waiting.take(now, on);
        for (int partner : cap.reached(events.events(), Function.identity())) {
            alarms.reached(partner, now, cap.eventsMax());
        }
        MatchPlan plan = plan(key);
        long next = events.next();
        if (probed == null) {
            next = Math.min(next, remember(plan, now, events.events(), List.of(), out));
        } else {
            ProbedSlots.Slice slice = probed.take(now, plan);
            // The older slot is the epoch's before this slice: it goes before the history becomes
            // the next one.
            probed.answer(now, plan, slice.older(), out);
            next = Math.min(next, remember(plan, now, events.events(), slice.own(), out));
            next = Math.min(next, Math.min(slice.next(), probed.end()));
        }
        if (next != Agenda.NEVER) {
            on.arm(next - 1, timers);
        }
        agenda.update(on.write());
    }

    /** Brings the token's history to {@code now}; gives when it has to be looked at again. */
    private long remember(
            MatchPlan plan, long now, List<AdmittedEvent> events, List<Probe> own, MatchOutput out)
            throws Exception {
        long[] packed = history.value();
        if (packed == null && events.isEmpty() && own.isEmpty()) {
            return Agenda.NEVER;
        }
        TokenHistory token =
                packed == null ? TokenHistory.empty(plan, now) : TokenHistory.read(plan, packed);
        if (!events.isEmpty() || !own.isEmpty()) {
            token.slice(events, own, now, out);
        }
        token.closeWindows(now, out);
        if (token.end() <= now) {
            history.clear();
            if (probed != null) {
                probed.keep(token.olderSlot());
            }
            return Agenda.NEVER;
        }
        history.update(token.write());
        return token.next();
    }

    private ProbedSlots probed() {
        return Objects.requireNonNull(probed, "probes are of K = 1");
    }

    private MatchPlan plan(TokenKey key) {
        return Objects.requireNonNull(plans.get(key.identifierKind()));
    }
}
