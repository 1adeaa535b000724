package io.sealroom.streaming.history;

import io.sealroom.privacy.dp.QueryFamilies;
import io.sealroom.privacy.dp.Sensitivity;
import io.sealroom.schemas.policy.AttributionModel;
import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.RowKey;
import io.sealroom.streaming.flow.TotalKey;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How far the exact totals of two neighbouring inputs lie apart: over all windows of an epoch and
 * all rows of a family, in L1 and in L2, against the sensitivities that the noise is made for.
 */
final class FamilyDistances {

    private static final BigInteger THOUSAND = BigInteger.valueOf(1000);

    private static final Set<AttributionModel> ONE_TAKES_ALL =
            EnumSet.of(AttributionModel.LAST_TOUCH, AttributionModel.FIRST_TOUCH);

    /** Largest L1 distance seen, in thousandths of what is allowed. */
    private final Map<Kind, Integer> largest = new HashMap<>();

    /** Largest square of an L2 distance seen, likewise. */
    private final Map<Kind, Integer> largestL2Squared = new HashMap<>();

    /**
     * Families of one sensitivity.
     *
     * @param oneTakesAll of converters: whether one touch has all of a conversion's credit, which
     *     makes theirs smaller; else false
     */
    record Kind(Metric metric, boolean oneTakesAll) {

        private static Kind of(Query query, Metric metric) {
            return new Kind(
                    metric,
                    metric == Metric.CONVERTERS
                            && query instanceof AttributionQuery attribution
                            && ONE_TAKES_ALL.contains(attribution.model()));
        }
    }

    /** Rows that share a noise and a charge: each partner's reach is a family of its own. */
    private record FamilyKey(int query, long epoch, Metric metric, String reachOf) {}

    private record Distance(BigInteger l1, BigInteger l2Squared) {

        static final Distance NONE = new Distance(BigInteger.ZERO, BigInteger.ZERO);

        Distance plus(BigInteger difference) {
            return new Distance(l1.add(difference.abs()), l2Squared.add(difference.pow(2)));
        }
    }

    /**
     * Fails if a family of an epoch differs by more than it may.
     *
     * @param one totals that are not zero
     * @param other those of the neighbouring input
     */
    synchronized void check(
            Policy policy, Map<TotalKey, BigInteger> one, Map<TotalKey, BigInteger> other) {
        Map<FamilyKey, Distance> distances = new HashMap<>();
        Set<TotalKey> rows = new HashSet<>(one.keySet());
        rows.addAll(other.keySet());
        for (TotalKey total : rows) {
            BigInteger difference =
                    one.getOrDefault(total, BigInteger.ZERO)
                            .subtract(other.getOrDefault(total, BigInteger.ZERO));
            RowKey row =
                    policy.queries()
                            .get(total.query())
                            .rows(policy, total.windowStart())
                            .get(total.row());
            distances.merge(
                    new FamilyKey(
                            total.query(),
                            policy.epochOf(total.windowStart()),
                            row.metric(),
                            row.metric() == Metric.REACH ? row.label() : ""),
                    Distance.NONE.plus(difference),
                    (a, b) -> new Distance(a.l1().add(b.l1()), a.l2Squared().add(b.l2Squared())));
        }
        distances.forEach(
                (family, distance) ->
                        check(
                                policy,
                                policy.queries().get(family.query()),
                                family.metric(),
                                distance));
    }

    private void check(Policy policy, Query query, Metric metric, Distance distance) {
        Sensitivity allowed = QueryFamilies.of(policy, query).family(metric).sensitivity();
        BigInteger d1 = allowed.l1();
        BigInteger d2Squared = allowed.l2Squared();
        if (distance.l1().compareTo(d1) > 0 || distance.l2Squared().compareTo(d2Squared) > 0) {
            throw new AssertionError(
                    String.format(
                            "one identifier changes %s of %s by %s in L1 and %s in L2 squared,"
                                    + " allowed are %s and %s",
                            metric,
                            query.name(),
                            distance.l1(),
                            distance.l2Squared(),
                            d1,
                            d2Squared));
        }
        Kind kind = Kind.of(query, metric);
        largest.merge(kind, thousandths(distance.l1(), d1), Math::max);
        largestL2Squared.merge(kind, thousandths(distance.l2Squared(), d2Squared), Math::max);
    }

    private static int thousandths(BigInteger found, BigInteger allowed) {
        return found.multiply(THOUSAND).divide(allowed).intValueExact();
    }

    /** Largest L1 distance, in thousandths of D1. */
    synchronized Map<Kind, Integer> largest() {
        return new HashMap<>(largest);
    }

    /** Largest square of an L2 distance, in thousandths of D2 squared. */
    synchronized Map<Kind, Integer> largestL2Squared() {
        return new HashMap<>(largestL2Squared);
    }
}
