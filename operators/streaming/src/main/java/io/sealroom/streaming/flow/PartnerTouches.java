package io.sealroom.streaming.flow;

import io.sealroom.privacy.attribution.Touch;
import java.util.List;

/**
 * Touches of one token by one partner.
 *
 * @param partner position of the exposing partner in the policy
 * @param touches in any order
 */
public record PartnerTouches(int partner, List<Touch> touches) {

    public PartnerTouches {
        touches = List.copyOf(touches);
    }

    /** Without the touches. */
    @Override
    public String toString() {
        return "PartnerTouches[partner " + partner + "]";
    }
}
