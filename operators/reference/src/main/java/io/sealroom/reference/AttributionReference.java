package io.sealroom.reference;

import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.Token;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.RowKey;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One attribution query over all identities (DESIGN 6 rules 2 to 6): which conversions count, which
 * of their tokens do, which touches these saw, and what each touch gets.
 */
final class AttributionReference {

    private static final long WHOLE_CONVERSION = 1_000_000;

    private final Policy policy;
    private final AttributionQuery query;
    private final RowTotals totals;
    private final Map<Identity, List<HistoryEvent>> touches = new HashMap<>();
    private final Set<Converter> converters = new HashSet<>();

    AttributionReference(Policy policy, AttributionQuery query, RowTotals totals) {
        this.policy = policy;
        this.query = query;
        this.totals = totals;
    }

    /**
     * A conversion that counts, with the identity of each slot of its token list. A slot that is
     * empty has none.
     */
    private record Admitted(HistoryEvent conversion, List<Identity> slots) {

        Identity own() {
            return slots.get(0);
        }
    }

    private record Converter(Identity identity, long window, String cell) {}

    /**
     * Adds what the query counts.
     *
     * @param standing events of each identity, without duplicates
     */
    void addAll(Map<Identity, List<HistoryEvent>> standing) {
        List<Admitted> admitted = new ArrayList<>();
        standing.forEach(
                (identity, events) -> {
                    if (identity.kind() == query.identifierKind()) {
                        touches.put(
                                identity,
                                EventsCap.touches(events).stream()
                                        .filter(it -> query.exposures().contains(it.partner()))
                                        .toList());
                        admitted.addAll(admit(identity, events));
                    }
                });
        capSlots(admitted).forEach(this::credit);
        for (Converter converter : converters) {
            totals.add(query, converter.window(), Metric.CONVERTERS, converter.cell(), 1);
        }
    }

    /** Rule 2, own-token cap: the first C conversions of an identity, which has one epoch. */
    private List<Admitted> admit(Identity identity, List<HistoryEvent> events) {
        List<HistoryEvent> conversions =
                events.stream()
                        .filter(entry -> !entry.isExposure())
                        .filter(entry -> entry.partner().equals(query.conversions()))
                        .sorted(HistoryEvent.BY_TIME_THEN_ID)
                        .toList();
        if (conversions.size() > query.conversionsPerEpoch()) {
            totals.addCut(query, conversions.get(0).time());
        }
        return conversions.stream()
                .limit(query.conversionsPerEpoch())
                .map(conversion -> new Admitted(conversion, slots(identity, conversion)))
                .toList();
    }

    /** Slot j is of the epoch j before; 32 zero bytes are nobody. */
    private static List<Identity> slots(Identity own, HistoryEvent conversion) {
        List<Token> tokens = conversion.event().tokens();
        List<Identity> slots = new ArrayList<>(List.of(own));
        for (int j = 1; j < tokens.size(); j++) {
            if (!tokens.get(j).equals(Token.NONE)) {
                slots.add(new Identity(own.kind(), tokens.get(j), own.epoch() - j));
            }
        }
        return slots;
    }

    /** Rule 2, slot cap: an identity is an older slot of the first C conversions that name it. */
    private List<Admitted> capSlots(List<Admitted> admitted) {
        Map<Identity, Integer> used = new HashMap<>();
        List<Admitted> capped = new ArrayList<>();
        admitted.stream()
                .sorted(
                        Comparator.comparing(Admitted::conversion, HistoryEvent.BY_TIME_THEN_ID)
                                .thenComparing(it -> it.own().token()))
                .forEach(
                        it -> {
                            List<Identity> slots = new ArrayList<>(List.of(it.own()));
                            for (Identity older : it.slots().subList(1, it.slots().size())) {
                                if (used.merge(older, 1, Integer::sum)
                                        <= query.conversionsPerEpoch()) {
                                    slots.add(older);
                                }
                            }
                            capped.add(new Admitted(it.conversion(), slots));
                        });
        return capped;
    }

    /** Rules 3 to 6. */
    private void credit(Admitted admitted) {
        HistoryEvent conversion = admitted.conversion();
        long value = Objects.requireNonNull(conversion.event().value());
        long clamped = Math.min(Math.max(value, 0), query.valueMax());
        List<HistoryEvent> credited = touchesOf(admitted);
        if (credited.isEmpty()) {
            add(admitted, RowKey.UNATTRIBUTED, WHOLE_CONVERSION, clamped);
            return;
        }
        List<BigInteger> weights =
                CreditReference.weights(
                        query,
                        credited.stream().map(touch -> conversion.time() - touch.time()).toList());
        List<Long> counts = CreditReference.parts(WHOLE_CONVERSION, weights);
        List<Long> values = CreditReference.parts(clamped, weights);
        for (int i = 0; i < credited.size(); i++) {
            String cell = Objects.requireNonNull(credited.get(i).event().cell());
            add(admitted, cell, counts.get(i), values.get(i));
        }
    }

    private void add(Admitted admitted, String cell, long count, long value) {
        long time = admitted.conversion().time();
        totals.add(query, time, Metric.COUNT, cell, count);
        totals.add(query, time, Metric.VALUE, cell, value);
        if (count > 0) {
            converters.add(new Converter(admitted.own(), query.windowStart(time), cell));
        }
    }

    /** The last N eligible touches, first in order first. */
    private List<HistoryEvent> touchesOf(Admitted admitted) {
        return admitted.slots().stream()
                .flatMap(slot -> touches.getOrDefault(slot, List.of()).stream())
                .filter(touch -> isEligible(admitted.conversion(), touch))
                .sorted(order().reversed())
                .limit(query.touchesMax())
                .toList();
    }

    /** Rule 3. */
    private boolean isEligible(HistoryEvent conversion, HistoryEvent touch) {
        long age = conversion.time() - touch.time();
        long least = touch.isClick() ? query.clickMinAgeMillis() : query.viewMinAgeMillis();
        long most = touch.isClick() ? query.clickLookbackMillis() : query.viewLookbackMillis();
        return age > 0 && least <= age && age <= most;
    }

    /**
     * Rule 4, last comes first. Touches of two partners can share time and id; then the one of the
     * later cell of the policy goes first, then a click.
     */
    private Comparator<HistoryEvent> order() {
        Comparator<HistoryEvent> order =
                HistoryEvent.BY_TIME_THEN_ID
                        .thenComparing(touch -> policy.cells().indexOf(touch.event().cell()))
                        .thenComparing(HistoryEvent::isClick);
        return query.clicksFirst()
                ? Comparator.comparing(HistoryEvent::isClick).thenComparing(order)
                : order;
    }
}
