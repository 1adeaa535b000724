package io.sealroom.streaming.match;

import io.sealroom.privacy.attribution.AdmissionRules;
import io.sealroom.privacy.attribution.Attribution;
import io.sealroom.privacy.attribution.AttributionRules;
import io.sealroom.privacy.attribution.Touch;
import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.IdentifierKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The attribution queries of one identifier kind, arranged by what they share: the touches of a
 * partner, and the rules by which they are ranked.
 *
 * @param exposing partners whose exposures are touches, rising
 * @param admission of conversions
 * @param lookbackMillis the longest look-back of a query; 0 without one
 * @param converters queries that count distinct converters
 */
record AttributionPlan(
        List<Exposing> exposing,
        AdmissionRules admission,
        long lookbackMillis,
        List<ConverterRows> converters) {

    /**
     * A partner whose exposures are touches.
     *
     * @param partner position in the policy
     * @param rankings distinct ones of the queries that they are touches for
     */
    record Exposing(int partner, List<Ranking> rankings) {

        List<AttributionRules> rules() {
            return rankings.stream().map(ranking -> ranking.attribution().rules()).toList();
        }

        /**
         * Of the partner's touches those that one of the queries can credit with a conversion: in
         * the order of the query they are among the first N of all partners' only if they are among
         * the first N of their own.
         */
        List<Touch> candidates(long conversionTime, List<Touch> touches, long queries) {
            List<Touch> candidates = List.of();
            for (Ranking ranking : rankings) {
                if ((ranking.queries() & queries) != 0) {
                    List<Touch> ranked = ranking.attribution().rank(conversionTime, touches);
                    candidates = candidates.isEmpty() ? ranked : union(candidates, ranked);
                }
            }
            return candidates;
        }

        private static List<Touch> union(List<Touch> some, List<Touch> others) {
            List<Touch> union = new ArrayList<>(some);
            for (Touch touch : others) {
                if (!some.contains(touch)) {
                    union.add(touch);
                }
            }
            return union;
        }
    }

    /**
     * A way to rank touches.
     *
     * @param attribution eligibility and order; its model does not matter
     * @param queries bits of the queries that rank so
     */
    record Ranking(Attribution attribution, long queries) {}

    static AttributionPlan of(Policy policy, IdentifierKind kind) {
        List<Exposing> exposing = new ArrayList<>();
        List<ConverterRows> converters = new ArrayList<>();
        long lookback = 0;
        for (int partner = 0; partner < policy.partners().size(); partner++) {
            Map<AttributionRules, Ranking> rankings = new LinkedHashMap<>();
            for (int i = 0; i < policy.queries().size(); i++) {
                if (policy.queries().get(i) instanceof AttributionQuery query
                        && query.identifierKind() == kind
                        && query.exposures().contains(policy.partners().get(partner).name())) {
                    rankings.merge(
                            Attribution.of(query).rules(),
                            new Ranking(Attribution.of(query), 1L << i),
                            (a, b) -> new Ranking(a.attribution(), a.queries() | b.queries()));
                }
            }
            if (!rankings.isEmpty()) {
                exposing.add(new Exposing(partner, List.copyOf(rankings.values())));
            }
        }
        for (int i = 0; i < policy.queries().size(); i++) {
            if (policy.queries().get(i) instanceof AttributionQuery query
                    && query.identifierKind() == kind) {
                lookback =
                        Math.max(
                                lookback,
                                Math.max(query.clickLookbackMillis(), query.viewLookbackMillis()));
                if (query.converters() != null) {
                    converters.add(new ConverterRows(policy, i, query));
                }
            }
        }
        return new AttributionPlan(
                List.copyOf(exposing),
                AdmissionRules.of(policy, kind),
                lookback,
                List.copyOf(converters));
    }

    boolean exposes(int partner) {
        return exposing.stream().anyMatch(it -> it.partner() == partner);
    }
}
