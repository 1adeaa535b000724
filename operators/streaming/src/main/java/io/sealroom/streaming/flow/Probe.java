package io.sealroom.streaming.flow;

import io.sealroom.schemas.record.EventId;

/**
 * What a conversion asks of one of its tokens: its touches. At the slot-0 token it is also the
 * conversion's presence, which overlap counts whether a query admitted it or not.
 *
 * @param key identifier kind and the token that is asked
 * @param older whether that is the slot-1 token
 * @param token identifier kind and slot-0 token
 * @param partner position of the converting partner in the policy
 * @param eventId names the conversion within its partner
 * @param time conversion time, epoch milliseconds
 * @param value minor units, as the partner says
 * @param queries bit q is set if the query at position q of the policy admitted the conversion
 */
public record Probe(
        TokenKey key,
        boolean older,
        TokenKey token,
        int partner,
        EventId eventId,
        long time,
        long value,
        long queries) {

    /** The same of fewer queries. */
    public Probe of(long fewer) {
        return new Probe(key, older, token, partner, eventId, time, value, fewer);
    }

    /** Without tokens and value. */
    @Override
    public String toString() {
        return "Probe[partner " + partner + "]";
    }
}
