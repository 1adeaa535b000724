package io.sealroom.streaming.flow;

import io.sealroom.privacy.attribution.Touch;
import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.Policy;
import java.util.ArrayList;
import java.util.List;

/** Which touches are those of one attribution query: those of its exposing partners. */
public final class QueryTouches {

    /** By position of the partner: whether its exposures are touches of the query. */
    private final boolean[] exposing;

    public QueryTouches(Policy policy, AttributionQuery query) {
        exposing = new boolean[policy.partners().size()];
        for (int i = 0; i < exposing.length; i++) {
            exposing[i] = query.exposures().contains(policy.partners().get(i).name());
        }
    }

    /** Those of the query among all, joined. */
    public List<Touch> of(List<PartnerTouches> all) {
        List<Touch> touches = new ArrayList<>();
        for (PartnerTouches partner : all) {
            if (exposing[partner.partner()]) {
                touches.addAll(partner.touches());
            }
        }
        return touches;
    }
}
