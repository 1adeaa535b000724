package io.sealroom.streaming.agreement;

import io.sealroom.reference.HistoryEvent;
import io.sealroom.schemas.policy.AttributionModel;
import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Token;
import io.sealroom.schemas.release.Metric;
import io.sealroom.streaming.flow.TotalKey;
import io.sealroom.streaming.history.ReferenceTotals;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * In how many histories each option, cap and rule decided something: the reference says something
 * else without it. What never decides anything is not tested by any comparison.
 */
final class Decisions {

    private final SortedMap<String, Integer> counts = new TreeMap<>();

    /** What was asked, with the number of histories in which it decided. */
    synchronized Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }

    private synchronized void count(String what, int histories) {
        counts.merge(what, histories, Integer::sum);
    }

    /**
     * Asks the histories of a room.
     *
     * @param epochs how many each history has
     */
    void examine(Policy policy, List<HistoryEvent> histories, int epochs) {
        Examination room =
                new Examination(policy, histories, epochs, ReferenceTotals.of(policy, histories));
        for (Metric metric : Metric.values()) {
            count("rows " + metric, room.count(row -> room.metric(row) == metric));
        }
        for (boolean attribution : new boolean[] {true, false}) {
            count(
                    attribution ? "cut by caps of attribution" : "cut by caps of overlap",
                    room.count(
                            row ->
                                    room.metric(row) == Metric.CAPS
                                            && room.isAttribution(row) == attribution));
        }
        options(room);
        rules(room);
    }

    private void options(Examination room) {
        long epoch = room.policy().epochMillis();
        for (AttributionModel model : AttributionModel.values()) {
            count("model " + model, room.changed(json -> withoutModel(json, model)));
        }
        number(room, "touchesMax", 10);
        number(room, "clickLookback", epoch);
        number(room, "viewLookback", epoch);
        number(room, "clickMinAge", 0);
        number(room, "viewMinAge", 0);
        number(room, "halfLife", epoch / 4);
        number(room, "conversionsPerEpoch", 1000);
        number(room, "valueMax", 1_000_000_000_000L);
        number(room, "windowsPerEpoch", 1000);
        number(room, "cellsPerWindow", room.policy().cells().size());
        count(
                "clicksFirst",
                room.changed(
                        json -> json.replace("\"clicksFirst\":true", "\"clicksFirst\":false")));
    }

    private void number(Examination room, String option, long other) {
        count(option, room.changed(json -> json.replaceAll(field(option), "$1" + other)));
    }

    private static String field(String option) {
        return "(\"" + option + "\":)[0-9]+";
    }

    private static String withoutModel(String json, AttributionModel model) {
        String other = model == AttributionModel.LINEAR ? "LAST_TOUCH" : "LINEAR";
        String named = "\"model\":\"%s\"";
        String without =
                model == AttributionModel.TIME_DECAY
                        ? json.replaceAll(field("halfLife") + ",", "")
                        : json;
        return without.replace(named.formatted(model), named.formatted(other));
    }

    private void rules(Examination room) {
        count("repeated ids", room.changed(Alterations::allIdsDiffer));
        count("order of ids", room.changed(Alterations::idsReversed));
        count("order of tokens", room.changed(Alterations::tokensReversed));
        count("slot 1", room.changed(Alterations::slotsEmpty));
        count("slot cap", room.changed(Alterations::slotsUsedOnce));
        count("token of two epochs", room.sharing(event -> event.epoch()));
        count("token of two kinds", room.sharing(event -> event.identifierKind()));
        count("kind of identifier", room.changed(Alterations::identifiersOfOneKind));
    }

    /** The histories of one room under question. */
    private record Examination(
            Policy policy,
            List<HistoryEvent> histories,
            int epochs,
            Map<TotalKey, BigInteger> totals) {

        /** Histories with a total in such a row. */
        int count(Predicate<TotalKey> row) {
            Set<Long> found = new HashSet<>();
            totals.keySet().stream().filter(row).forEach(key -> found.add(history(key)));
            return found.size();
        }

        /** Histories that come out otherwise under a changed policy. */
        int changed(UnaryOperator<String> json) {
            String before = policy.canonicalJson();
            String after = json.apply(before);
            return after.equals(before)
                    ? 0
                    : differing(
                            ReferenceTotals.of(Policy.fromCanonicalJson(after), histories),
                            row -> true);
        }

        /** Histories whose attribution comes out otherwise with changed events. */
        int changed(Alteration alteration) {
            return differing(
                    ReferenceTotals.of(policy, alteration.apply(policy, histories)),
                    this::isAttribution);
        }

        /** Histories in which a token occurs with two values of this. */
        int sharing(Function<BlindedEvent, Object> value) {
            Map<Token, Object> first = new HashMap<>();
            Set<Long> found = new HashSet<>();
            for (HistoryEvent entry : histories) {
                Object here = value.apply(entry.event());
                Object before = first.putIfAbsent(entry.event().tokens().get(0), here);
                if (before != null && !before.equals(here)) {
                    found.add(history(entry.event().epoch()));
                }
            }
            return found.size();
        }

        private int differing(Map<TotalKey, BigInteger> other, Predicate<TotalKey> rows) {
            Set<TotalKey> keys = new HashSet<>(totals.keySet());
            keys.addAll(other.keySet());
            Set<Long> found = new HashSet<>();
            for (TotalKey key : keys) {
                BigInteger total = totals.getOrDefault(key, BigInteger.ZERO);
                if (rows.test(key) && !total.equals(other.getOrDefault(key, BigInteger.ZERO))) {
                    found.add(history(key));
                }
            }
            return found.size();
        }

        private long history(TotalKey row) {
            return history(policy.epochOf(row.windowStart()));
        }

        private long history(long epoch) {
            return (epoch - policy.firstEpoch()) / epochs;
        }

        Metric metric(TotalKey row) {
            return policy.queries()
                    .get(row.query())
                    .rows(policy, row.windowStart())
                    .get(row.row())
                    .metric();
        }

        boolean isAttribution(TotalKey row) {
            return policy.queries().get(row.query()) instanceof AttributionQuery;
        }
    }

    /** The same history without one of its peculiarities. */
    interface Alteration {
        List<HistoryEvent> apply(Policy policy, List<HistoryEvent> history);
    }
}
