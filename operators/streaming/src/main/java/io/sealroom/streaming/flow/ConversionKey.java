package io.sealroom.streaming.flow;

import io.sealroom.schemas.record.EventId;

/**
 * One conversion: key of the attribute stage where the touches of two tokens meet. Of one partner,
 * token, epoch and id one conversion stands, so the time tells epochs apart and nothing else.
 *
 * @param partner position of the converting partner
 * @param token identifier kind and slot-0 token
 * @param eventId names the conversion within its partner
 * @param time conversion time, epoch milliseconds
 */
public record ConversionKey(int partner, TokenKey token, EventId eventId, long time) {

    /** The conversion that a set of touches is for. */
    public static ConversionKey of(MatchedConversion conversion) {
        return new ConversionKey(
                conversion.partner(), conversion.token(), conversion.eventId(), conversion.time());
    }
}
