package io.sealroom.privacy.attribution;

import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.record.IdentifierKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Which attribution queries of one identifier kind count the conversions of which partner, and how
 * many of one token in an epoch. A set of queries is a long: bit q stands for the query at position
 * q of the policy, which has 64 at most.
 *
 * @param queries in policy order
 * @param suppliers partners with conversions that a query counts, in policy order
 */
public record AdmissionRules(List<Capped> queries, List<Supplier> suppliers) {

    /**
     * A query.
     *
     * @param query position in the policy
     * @param conversionsMax the cap C
     * @param reported whether it counts the tokens that the cap cut
     */
    public record Capped(int query, int conversionsMax, boolean reported) {

        long bit() {
            return 1L << query;
        }
    }

    /**
     * A partner.
     *
     * @param partner position in the policy
     * @param queries positions in {@link AdmissionRules#queries}
     */
    public record Supplier(int partner, List<Integer> queries) {

        public Supplier {
            queries = List.copyOf(queries);
        }
    }

    public AdmissionRules {
        queries = List.copyOf(queries);
        suppliers = List.copyOf(suppliers);
    }

    /** The queries of one identifier kind, as the policy has them. */
    public static AdmissionRules of(Policy policy, IdentifierKind kind) {
        List<Capped> queries = new ArrayList<>();
        List<String> suppliers = new ArrayList<>();
        for (int i = 0; i < policy.queries().size(); i++) {
            Query query = policy.queries().get(i);
            if (query instanceof AttributionQuery attribution && query.identifierKind() == kind) {
                queries.add(
                        new Capped(
                                i, attribution.conversionsPerEpoch(), attribution.caps() != null));
                suppliers.add(attribution.conversions());
            }
        }
        List<Supplier> partners = new ArrayList<>();
        for (int partner = 0; partner < policy.partners().size(); partner++) {
            List<Integer> counting = new ArrayList<>();
            for (int i = 0; i < suppliers.size(); i++) {
                if (suppliers.get(i).equals(policy.partners().get(partner).name())) {
                    counting.add(i);
                }
            }
            if (!counting.isEmpty()) {
                partners.add(new Supplier(partner, counting));
            }
        }
        return new AdmissionRules(queries, partners);
    }

    /** Whether a query counts conversions of the partner. */
    public boolean counts(int partner) {
        return suppliers.stream().anyMatch(supplier -> supplier.partner() == partner);
    }

    /**
     * More conversions of one token and epoch than all queries together admit are never admitted.
     */
    public int conversionsMax() {
        return queries.stream().mapToInt(Capped::conversionsMax).sum();
    }

    boolean isReported() {
        return queries.stream().anyMatch(Capped::reported);
    }
}
