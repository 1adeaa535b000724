package io.sealroom.streaming.admit;

import io.sealroom.privacy.attribution.AdmissionRules;
import io.sealroom.privacy.attribution.Duplicates;
import io.sealroom.schemas.policy.OverlapQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.IdentifierKind;

/** The queries of one identifier kind as they look at conversions, and the times of the room. */
final class AdmitPlan {

    private final Policy policy;
    private final AdmissionRules rules;
    private final Duplicates duplicates;

    /** By position of the partner: whether an overlap query counts its presence. */
    private final boolean[] present;

    AdmitPlan(Policy policy, IdentifierKind kind) {
        this.policy = policy;
        this.rules = AdmissionRules.of(policy, kind);
        this.duplicates = new Duplicates(policy.sliceMillis());
        this.present = new boolean[policy.partners().size()];
        for (int i = 0; i < present.length; i++) {
            String name = policy.partners().get(i).name();
            present[i] =
                    policy.queries().stream()
                            .filter(OverlapQuery.class::isInstance)
                            .filter(query -> query.identifierKind() == kind)
                            .anyMatch(query -> query.reads(name));
        }
    }

    /** Whether any query looks at conversions of the partner. */
    boolean uses(int partner) {
        return isPresent(partner) || rules.counts(partner);
    }

    /** Whether an overlap query counts the presence of the partner. */
    boolean isPresent(int partner) {
        return present[partner];
    }

    AdmissionRules rules() {
        return rules;
    }

    Duplicates duplicates() {
        return duplicates;
    }

    /** Epoch of a time. */
    long epochOf(long time) {
        return policy.epochOf(time);
    }
}
