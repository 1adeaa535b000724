package io.sealroom.streaming.admit;

import io.sealroom.privacy.attribution.ConversionAdmission;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.streaming.flow.AdmittedConversion;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.Probe;
import io.sealroom.streaming.flow.StampedFunction;
import io.sealroom.streaming.flow.StateStamp;
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
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Key: identifier kind and slot-0 token. In: conversions. Out, at the end of their slice: probes. A
 * conversion that a query admits asks its own token and, unless that slot is empty, its older one.
 * Of the others of a slice and partner one goes to its own token without any query, if overlap
 * counts the partner's presence and no admitted one shows it: nothing is dropped that overlap could
 * tell. Into {@link #CUTS} what each token adds, once an epoch, to the count of tokens that an
 * own-token cap cut.
 *
 * <p>A conversion waits until the watermark reaches the end of its slice; a late one fails the job.
 * Of the conversions of one partner and slice that a query looks at, the first 65,536 by (time,
 * SHA-256 of the record) count ({@link EventsCap}).
 *
 * <p>State: conversions above the watermark, which the source and that cap bound; what {@link
 * ConversionAdmission} keeps, if anything, until the epoch or the room ends; one timer.
 */
public final class AdmitFunction extends KeyedProcessFunction<TokenKey, AdmittedConversion, Probe>
        implements StampedFunction {

    /** Tokens that an own-token cap cut. */
    public static final OutputTag<Contribution> CUTS =
            new OutputTag<>("cuts", TypeInformation.of(Contribution.class));

    private static final long serialVersionUID = 1;

    /** Version of what is kept; see {@link StateStamp}. */
    private static final int LAYOUT = 1;

    private static final TypeInformation<AdmittedConversion> CONVERSION =
            TypeInformation.of(AdmittedConversion.class);
    private static final TypeInformation<long[]> WORDS =
            PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO;

    private transient Map<IdentifierKind, AdmitPlan> plans;
    private transient CapAlarms alarms;
    private transient Waiting<AdmittedConversion> waiting;
    private transient ValueState<long[]> agenda;
    private transient ValueState<long[]> admission;
    private transient Policy policy;

    private final String policyJson;
    private final EventsCap cap;

    /**
     * @param policyJson {@link Policy#canonicalJson}
     */
    public AdmitFunction(String policyJson) {
        this(policyJson, EventsCap.EVENTS_MAX);
    }

    /** With another cap, for tests. */
    @SuppressWarnings("NullAway.Init") // Transient fields are made in open.
    AdmitFunction(String policyJson, int eventsMax) {
        this.policyJson = policyJson;
        this.cap = new EventsCap(eventsMax);
    }

    @Override
    public StateStamp stamp() {
        return StateStamp.of("admit", LAYOUT, policyJson);
    }

    @Override
    public void open(OpenContext context) {
        policy = Policy.fromCanonicalJson(policyJson);
        plans = new EnumMap<>(IdentifierKind.class);
        for (IdentifierKind kind : IdentifierKind.values()) {
            plans.put(kind, new AdmitPlan(policy, kind));
        }
        RuntimeContext runtime = getRuntimeContext();
        alarms =
                new CapAlarms(
                        runtime.getMetricGroup(),
                        policy.partners().stream().map(Partner::name).toList());
        waiting =
                new Waiting<>(
                        runtime.getListState(new ListStateDescriptor<>("waiting", CONVERSION)),
                        runtime.getMapState(
                                new MapStateDescriptor<>(
                                        "aside", Types.LONG, Types.LIST(CONVERSION))),
                        conversion -> conversion.event().time(),
                        policy.sliceMillis(),
                        cap.eventsMax(),
                        some -> cap.cut(some, AdmittedConversion::event, alarms));
        agenda = runtime.getState(new ValueStateDescriptor<>("agenda", WORDS));
        admission = runtime.getState(new ValueStateDescriptor<>("admission", WORDS));
    }

    /** For tests. */
    CapAlarms alarms() {
        return alarms;
    }

    @Override
    public void processElement(AdmittedConversion conversion, Context context, Collector<Probe> out)
            throws Exception {
        int partner = conversion.event().partner();
        if (!plan(context.getCurrentKey()).uses(partner)) {
            return;
        }
        long sliceEnd = waiting.sliceEnd(conversion);
        Lateness.refuse("a conversion", partner, sliceEnd, context.timerService());
        Agenda on = Agenda.read(agenda.value());
        waiting.add(conversion, on);
        on.arm(sliceEnd - 1, context.timerService());
        agenda.update(on.write());
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Probe> out)
            throws Exception {
        long now = timestamp + 1;
        Agenda on = Agenda.read(agenda.value());
        on.fired();
        Waiting.Slice<AdmittedConversion> slice = waiting.take(now, on);
        for (int partner : cap.reached(slice.events(), AdmittedConversion::event)) {
            alarms.reached(partner, now, cap.eventsMax());
        }
        AdmitPlan plan = plan(context.getCurrentKey());
        long next = Math.min(slice.next(), admit(plan, now, slice.events(), context, out));
        if (next != Agenda.NEVER) {
            on.arm(next - 1, context.timerService());
        }
        agenda.update(on.write());
    }

    /** Decides on the conversions of a slice; gives when what is remembered is forgotten. */
    private long admit(
            AdmitPlan plan,
            long now,
            List<AdmittedConversion> conversions,
            OnTimerContext context,
            Collector<Probe> out)
            throws Exception {
        TokenAdmission token = TokenAdmission.read(plan, now, admission.value());
        long cut = token.slice(conversions, out::collect);
        Contribution.cuts(policy, cut, now - 1, one -> context.output(CUTS, one));
        long end = policy.epochEnd(now - 1);
        long @Nullable [] kept = end <= now ? null : token.write();
        admission.update(kept);
        return kept == null ? Agenda.NEVER : end;
    }

    private AdmitPlan plan(TokenKey key) {
        return Objects.requireNonNull(plans.get(key.identifierKind()));
    }
}
