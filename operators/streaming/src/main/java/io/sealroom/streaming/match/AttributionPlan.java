package io.sealroom.streaming.match;

import io.sealroom.privacy.attribution.Attribution;
import io.sealroom.privacy.attribution.AttributionRules;
import io.sealroom.privacy.attribution.OwnTokenCap;
import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.IdentifierKind;
import java.util.ArrayList;
import java.util.List;

/**
 * The attribution queries of one identifier kind, arranged by what they share: the touches of a
 * partner, the conversions of a partner.
 *
 * @param exposing partners whose exposures are touches, rising
 * @param converting partners that supply conversions, rising
 * @param credited queries, in policy order
 */
record AttributionPlan(
        List<Exposing> exposing, List<Converting> converting, List<Credited> credited) {

    /**
     * A partner whose exposures are touches.
     *
     * @param partner position in the policy
     * @param rules of the queries that they are touches for
     */
    record Exposing(int partner, List<AttributionRules> rules) {}

    /**
     * A partner that supplies conversions.
     *
     * @param partner position in the policy
     * @param queries positions in {@link #credited}
     */
    record Converting(int partner, List<Integer> queries) {}

    /**
     * One query.
     *
     * @param query position in the policy
     * @param attribution eligibility and order of touches
     * @param cap on conversions of one token
     * @param touches positions in {@link #exposing}
     */
    record Credited(int query, Attribution attribution, OwnTokenCap cap, List<Integer> touches) {}

    static AttributionPlan of(Policy policy, IdentifierKind kind) {
        List<AttributionQuery> queries = new ArrayList<>();
        for (var query : policy.queries()) {
            if (query instanceof AttributionQuery attribution && query.identifierKind() == kind) {
                queries.add(attribution);
            }
        }
        List<Exposing> exposing = new ArrayList<>();
        List<Converting> converting = new ArrayList<>();
        for (int partner = 0; partner < policy.partners().size(); partner++) {
            String name = policy.partners().get(partner).name();
            List<AttributionRules> rules =
                    queries.stream()
                            .filter(query -> query.exposures().contains(name))
                            .map(query -> Attribution.of(query).rules())
                            .toList();
            if (!rules.isEmpty()) {
                exposing.add(new Exposing(partner, rules));
            }
            List<Integer> supplied = new ArrayList<>();
            for (int i = 0; i < queries.size(); i++) {
                if (queries.get(i).conversions().equals(name)) {
                    supplied.add(i);
                }
            }
            if (!supplied.isEmpty()) {
                converting.add(new Converting(partner, List.copyOf(supplied)));
            }
        }
        return new AttributionPlan(
                List.copyOf(exposing),
                List.copyOf(converting),
                queries.stream().map(query -> credited(policy, query, exposing)).toList());
    }

    private static Credited credited(
            Policy policy, AttributionQuery query, List<Exposing> exposing) {
        List<Integer> touches = new ArrayList<>();
        for (int i = 0; i < exposing.size(); i++) {
            String name = policy.partners().get(exposing.get(i).partner()).name();
            if (query.exposures().contains(name)) {
                touches.add(i);
            }
        }
        return new Credited(
                policy.queries().indexOf(query),
                Attribution.of(query),
                OwnTokenCap.of(query),
                List.copyOf(touches));
    }

    boolean exposes(int partner) {
        return exposing.stream().anyMatch(it -> it.partner() == partner);
    }

    boolean converts(int partner) {
        return converting.stream().anyMatch(it -> it.partner() == partner);
    }
}
