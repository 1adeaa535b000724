package io.sealroom.privacy.dp;

import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.OverlapQuery;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.Metric;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The families of a query: what turns the numbers of a policy into noise and charge.
 *
 * @param families in row order: total, each reach, cells; or count, value
 */
public record QueryFamilies(List<Family> families) {

    public QueryFamilies {
        families = List.copyOf(families);
    }

    public static QueryFamilies of(Query query) {
        if (query instanceof OverlapQuery overlap) {
            return of(overlap);
        }
        if (query instanceof AttributionQuery attribution) {
            return of(attribution);
        }
        throw new IllegalArgumentException("query must be an overlap or an attribution");
    }

    private static QueryFamilies of(OverlapQuery query) {
        BigInteger threshold = BigInteger.valueOf(query.threshold());
        List<Family> families = new ArrayList<>();
        add(
                families,
                Metric.OVERLAP_TOTAL,
                Sensitivity.overlapTotal(query.windowsPerEpoch()),
                query.epsilonTotal(),
                threshold);
        for (int partner = 0; partner < query.partners().size(); partner++) {
            add(
                    families,
                    Metric.REACH,
                    Sensitivity.reach(query.windowsPerEpoch()),
                    query.epsilonReach(),
                    threshold);
        }
        add(
                families,
                Metric.OVERLAP_CELL,
                Sensitivity.overlapCells(query.windowsPerEpoch(), query.cellsPerWindow()),
                query.epsilonCells(),
                threshold);
        return new QueryFamilies(families);
    }

    private static QueryFamilies of(AttributionQuery query) {
        // The value rows follow their count rows, so both have the threshold of the counts.
        BigInteger threshold =
                BigInteger.valueOf(query.threshold()).multiply(Sensitivity.MICRO_UNITS);
        List<Family> families = new ArrayList<>();
        add(
                families,
                Metric.COUNT,
                Sensitivity.attributedCount(query.conversionsPerEpoch()),
                query.epsilonCount(),
                threshold);
        add(
                families,
                Metric.VALUE,
                Sensitivity.attributedValue(query.conversionsPerEpoch(), query.valueMax()),
                query.epsilonValue(),
                threshold);
        return new QueryFamilies(families);
    }

    private static void add(
            List<Family> families,
            Metric metric,
            Sensitivity sensitivity,
            @Nullable BigDecimal epsilon,
            BigInteger threshold) {
        // A family without epsilon has no rows: the policy does not ask for it.
        if (epsilon != null) {
            families.add(new Family(metric, sensitivity, Rational.of(epsilon), threshold));
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
        return Charge.microRho(families.stream().map(Family::epsilon).toList());
    }
}
