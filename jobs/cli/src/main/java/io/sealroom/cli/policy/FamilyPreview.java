package io.sealroom.cli.policy;

import io.sealroom.cli.RowUnit;
import io.sealroom.privacy.dp.Family;
import io.sealroom.privacy.dp.QueryFamilies;
import io.sealroom.privacy.view.NoiseMargin;
import io.sealroom.privacy.view.NoiseTail;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.release.Metric;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Families of a query that are alike: one, or those of every partner's reach.
 *
 * @param family any of them
 * @param families how many
 * @param rows of a window, all of them together; the row of caps is one of an epoch
 * @param margin of 95 %, in the unit of the rows
 * @param emptyShown how likely a row that counts nobody passes the threshold; empty if the rows
 *     follow others
 */
record FamilyPreview(
        Family family, int families, long rows, BigInteger margin, OptionalDouble emptyShown) {

    /** Those of a query, in the order of its rows. */
    static List<FamilyPreview> of(Policy policy, Query query) {
        List<Family> all = QueryFamilies.of(policy, query).families();
        List<FamilyPreview> previews = new ArrayList<>();
        for (Family family : all.stream().distinct().toList()) {
            Metric metric = family.metric();
            previews.add(
                    new FamilyPreview(
                            family,
                            (int) all.stream().filter(family::equals).count(),
                            rows(policy, query, metric),
                            NoiseMargin.of(family.mechanism()),
                            metric == Metric.VALUE
                                    ? OptionalDouble.empty()
                                    : OptionalDouble.of(
                                            NoiseTail.atLeast(
                                                    family.noise(), family.threshold()))));
        }
        return previews;
    }

    private static long rows(Policy policy, Query query, Metric metric) {
        return query.rows(policy, query.lastWindow(policy, policy.startMillis())).stream()
                .filter(row -> row.metric() == metric)
                .count();
    }

    RowUnit unit() {
        return RowUnit.of(family.metric());
    }

    /** Whether what is shown may well be nothing but noise. */
    boolean thresholdBelowMargin() {
        return emptyShown.isPresent() && family.threshold().compareTo(margin) < 0;
    }
}
