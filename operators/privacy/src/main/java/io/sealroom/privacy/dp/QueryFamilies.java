package io.sealroom.privacy.dp;

import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.Loss;
import io.sealroom.schemas.policy.OverlapQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.Metric;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The families of a query: what turns the numbers of a policy into noise and charge.
 *
 * @param families in row order: total, each reach, cells, caps; or count, value, converters, caps
 */
public record QueryFamilies(List<Family> families) {

    public QueryFamilies {
        families = List.copyOf(families);
    }

    /**
     * Those of a query of the policy.
     *
     * @param policy has the look-back over epochs, which the sensitivity of attribution depends on
     */
    public static QueryFamilies of(Policy policy, Query query) {
        return of(query, policy.lookbackEpochs());
    }

    static QueryFamilies of(Query query, int lookbackEpochs) {
        if (query instanceof OverlapQuery overlap) {
            return overlap(overlap);
        }
        if (query instanceof AttributionQuery attribution) {
            return attribution(attribution, lookbackEpochs);
        }
        throw new IllegalArgumentException("query must be an overlap or an attribution");
    }

    private static QueryFamilies overlap(OverlapQuery query) {
        BigInteger threshold = BigInteger.valueOf(query.threshold());
        List<Family> families = new ArrayList<>();
        add(
                families,
                Metric.OVERLAP_TOTAL,
                Sensitivity.overlapTotal(query.windowsPerEpoch()),
                query.total(),
                threshold);
        for (int partner = 0; partner < query.partners().size(); partner++) {
            add(
                    families,
                    Metric.REACH,
                    Sensitivity.reach(query.windowsPerEpoch()),
                    query.reach(),
                    threshold);
        }
        add(
                families,
                Metric.OVERLAP_CELL,
                Sensitivity.overlapCells(query.windowsPerEpoch(), query.cellsPerWindow()),
                query.cells(),
                threshold);
        add(families, Metric.CAPS, Sensitivity.caps(), query.caps(), threshold);
        return new QueryFamilies(families);
    }

    private static QueryFamilies attribution(AttributionQuery query, int lookbackEpochs) {
        // The value rows follow their count rows, so both have the threshold of the counts.
        BigInteger threshold =
                BigInteger.valueOf(query.threshold()).multiply(Sensitivity.MICRO_UNITS);
        List<Family> families = new ArrayList<>();
        add(
                families,
                Metric.COUNT,
                Sensitivity.attributedCount(query.conversionsPerEpoch(), lookbackEpochs),
                query.count(),
                threshold);
        add(
                families,
                Metric.VALUE,
                Sensitivity.attributedValue(
                        query.conversionsPerEpoch(), query.valueMax(), lookbackEpochs),
                query.value(),
                threshold);
        // Of people, not of millionths.
        BigInteger people = BigInteger.valueOf(query.threshold());
        add(
                families,
                Metric.CONVERTERS,
                Sensitivity.converters(query.sharingTouchesMax(), query.conversionsPerEpoch()),
                query.converters(),
                people);
        add(families, Metric.CAPS, Sensitivity.caps(), query.caps(), people);
        return new QueryFamilies(families);
    }

    private static void add(
            List<Family> families,
            Metric metric,
            Sensitivity sensitivity,
            @Nullable Loss loss,
            BigInteger threshold) {
        // A family without a loss has no rows: the policy does not ask for it.
        if (loss != null) {
            families.add(new Family(metric, sensitivity, loss, threshold));
        }
    }

    /**
     * The family of a row; those of several partners' reach are alike.
     *
     * @throws IllegalArgumentException if the query has no such rows
     */
    public Family family(Metric metric) {
        for (Family family : families) {
            if (family.metric() == metric) {
                return family;
            }
        }
        throw new IllegalArgumentException("metric must be one of the query's, got " + metric);
    }

    /** The mechanisms of the release hash. */
    public List<MechanismEntry> mechanisms() {
        return families.stream().map(Family::mechanism).toList();
    }

    /** What the query costs per epoch, zCDP micro-rho. */
    public BigInteger microRho() {
        return families.stream().map(Family::microRho).reduce(BigInteger.ZERO, BigInteger::add);
    }
}
