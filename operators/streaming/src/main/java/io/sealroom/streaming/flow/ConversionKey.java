package io.sealroom.streaming.flow;

import io.sealroom.schemas.record.EventId;

/**
 * One conversion as one query counts it: key of the attribute stage, where the touches of all its
 * tokens meet.
 *
 * @param query position of the query in the policy
 * @param partner position of the converting partner
 * @param eventId names the conversion within its partner
 */
public record ConversionKey(int query, int partner, EventId eventId) {

    /** The conversion that a set of touches is for. */
    public static ConversionKey of(MatchedConversion conversion) {
        return new ConversionKey(conversion.query(), conversion.partner(), conversion.eventId());
    }
}
