package io.sealroom.streaming.flow;

import io.sealroom.schemas.record.EventId;
import java.util.List;

/**
 * A conversion that passed the caps of one or more queries, with the touches that one of its tokens
 * saw before it: all that any of these queries can credit.
 *
 * @param partner position of the converting partner in the policy
 * @param token identifier kind and slot-0 token
 * @param eventId names the conversion within its partner
 * @param time conversion time, epoch milliseconds
 * @param value minor units, as the partner says: each query clamps it
 * @param queries bit q is set if the touches are for the query at position q of the policy
 * @param touches candidates, those of a partner together
 */
public record MatchedConversion(
        int partner,
        TokenKey token,
        EventId eventId,
        long time,
        long value,
        long queries,
        List<PartnerTouches> touches) {

    public MatchedConversion {
        touches = List.copyOf(touches);
    }

    /** Without token, value and touches. */
    @Override
    public String toString() {
        return "MatchedConversion[partner " + partner + "]";
    }
}
