package io.sealroom.streaming.match;

import io.sealroom.privacy.attribution.AdmissionRules;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.streaming.flow.Probe;
import io.sealroom.streaming.flow.waiting.Agenda;
import io.sealroom.streaming.flow.waiting.Waiting;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * What K = 1 adds to the memory of the token at hand: probes that wait for the end of their slice,
 * and the {@link OlderSlot} that the token is to conversions of the epoch after its own. A token of
 * two epochs, which only a partner that repeats tokens makes, is two: a history and an older slot.
 */
final class ProbedSlots {

    private static final TypeInformation<Probe> PROBE = TypeInformation.of(Probe.class);
    private static final TypeInformation<long[]> WORDS =
            PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO;

    private final Map<IdentifierKind, Waiting<Probe>> waiting = new EnumMap<>(IdentifierKind.class);
    private final ValueState<long[]> agenda;
    private final ValueState<long[]> older;

    ProbedSlots(Policy policy, RuntimeContext runtime) {
        var recent = runtime.getListState(new ListStateDescriptor<>("probes", PROBE));
        var aside =
                runtime.getMapState(
                        new MapStateDescriptor<>("probes-aside", Types.LONG, Types.LIST(PROBE)));
        agenda = runtime.getState(new ValueStateDescriptor<>("probes-agenda", WORDS));
        older = runtime.getState(new ValueStateDescriptor<>("older", WORDS));
        for (IdentifierKind kind : IdentifierKind.values()) {
            AdmissionRules rules = AdmissionRules.of(policy, kind);
            waiting.put(
                    kind,
                    new Waiting<>(
                            recent,
                            aside,
                            Probe::time,
                            policy.sliceMillis(),
                            rules.conversionsMax(),
                            probes -> ProbesCap.cut(rules, probes)));
        }
    }

    /**
     * The probes of a slice that is over.
     *
     * @param own of conversions that have the token as their own
     * @param older of conversions that have it as their older one, in their order
     * @param next end of the next slice with probes
     */
    record Slice(List<Probe> own, List<Probe> older, long next) {}

    long sliceEnd(Probe probe) {
        return waiting(probe.key().identifierKind()).sliceEnd(probe);
    }

    void add(Probe probe, MatchPlan plan) throws Exception {
        Agenda on = Agenda.read(agenda.value());
        waiting(plan.kind()).add(probe, on);
        agenda.update(on.write());
    }

    Slice take(long now, MatchPlan plan) throws Exception {
        Agenda on = Agenda.read(agenda.value());
        Waiting.Slice<Probe> slice = waiting(plan.kind()).take(now, on);
        agenda.update(on.write());
        List<Probe> own = new ArrayList<>();
        List<Probe> asking = new ArrayList<>();
        for (Probe probe : slice.events()) {
            (probe.older() ? asking : own).add(probe);
        }
        asking.sort(ProbesCap.ORDER);
        return new Slice(own, asking, slice.next());
    }

    private Waiting<Probe> waiting(IdentifierKind kind) {
        return Objects.requireNonNull(waiting.get(kind));
    }

    /** Lets the token's older slot answer, and forgets it when its time is over. */
    void answer(long now, MatchPlan plan, List<Probe> probes, MatchOutput out) throws Exception {
        OlderSlot slot = read(plan);
        if (slot == null) {
            return;
        }
        if (!probes.isEmpty()) {
            slot.answer(probes, now, out);
            older.update(slot.write());
        }
        if (slot.end() <= now) {
            older.clear();
        }
    }

    /** The token's epoch is over. */
    void keep(@Nullable OlderSlot slot) throws Exception {
        older.update(slot == null ? null : slot.write());
    }

    /** When the older slot is forgotten; {@link Agenda#NEVER} without one. */
    long end() throws Exception {
        long[] packed = older.value();
        return packed == null ? Agenda.NEVER : OlderSlot.end(packed);
    }

    private @Nullable OlderSlot read(MatchPlan plan) throws Exception {
        long[] packed = older.value();
        return packed == null ? null : OlderSlot.read(plan, packed);
    }
}
