package io.sealroom.streaming.flow;

import io.sealroom.privacy.attribution.Touch;
import io.sealroom.schemas.record.EventId;
import java.util.List;

/**
 * A conversion that passed its caps, with the touches that one of its tokens saw before it.
 *
 * @param query position of the query in the policy
 * @param partner position of the converting partner
 * @param eventId names the conversion within its partner
 * @param time conversion time, epoch milliseconds
 * @param value minor units, clamped
 * @param touches candidates, in any order
 */
public record MatchedConversion(
        int query, int partner, EventId eventId, long time, long value, List<Touch> touches) {

    public MatchedConversion {
        touches = List.copyOf(touches);
    }

    /** Without the value. */
    @Override
    public String toString() {
        return "MatchedConversion[query " + query + "]";
    }
}
