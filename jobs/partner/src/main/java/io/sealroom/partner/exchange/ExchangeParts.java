package io.sealroom.partner.exchange;

import io.sealroom.partner.room.Membership;
import io.sealroom.partner.room.RoomKeys;
import java.util.concurrent.Executor;

/**
 * What all runs of one agent share; each part is safe for use by several threads.
 *
 * @param member own place in the room
 * @param keys of all partners
 * @param epochs which are evaluated now, by the own clock
 * @param times when unanswered requests are sent again
 * @param workers for curve arithmetic
 * @param router where replies come from
 * @param sender where requests go
 * @param waiting who has not answered
 * @param refusals counts replies that are not used
 * @param evidence keeps what a partner signed and should not have
 * @param metrics counts replies that are
 */
record ExchangeParts(
        Membership member,
        RoomKeys keys,
        EpochRule epochs,
        RetryTimes times,
        Executor workers,
        ReplyRouter router,
        RequestSender sender,
        WaitingPartners waiting,
        RefusalLog refusals,
        EvidenceStore evidence,
        ExchangeMetrics metrics) {}
