package io.sealroom.streaming.match;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.hash.Lp;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.TokenKey;
import io.sealroom.streaming.testing.TestingRoom;

/**
 * Two days from 2026-01-05T00:00Z in epochs of one, slices of ten minutes. Times are minutes from
 * the start; people are names; events of equal arguments are equal.
 */
public final class MatchRoom {

    public static final int PUBLISHER = 0;
    public static final int ADVERTISER = 1;
    public static final int SHOP = 2;

    public static final int NEWS = 0;
    public static final int SPORTS = 1;
    public static final int WEATHER = 2;

    /** Positions of the queries. */
    public static final int HOURLY = 0;

    public static final int DAILY = 1;
    public static final int LAST_TOUCH = 2;
    public static final int TWO_TOUCHES = 3;
    public static final int PHONES = 4;

    public static final int DAY = 24 * 60;

    public static final Policy POLICY =
            TestingRoom.parse(
                            """
                            room: match-room
                            mode: file
                            start: 2026-01-05T00:00:00Z
                            end: 2026-01-07T00:00:00Z
                            slice: PT10M
                            epoch: P1D
                            maxAhead: P2D
                            quota: 1000
                            ledger: "0x0000000000000000000000000000000000000005"
                            partners:
                              - {name: publisher, address: "0x0000000000000000000000000000000000000001", partitions: 2}
                              - {name: advertiser, address: "0x0000000000000000000000000000000000000002", partitions: 1}
                              - {name: shop, address: "0x0000000000000000000000000000000000000004", partitions: 1}
                            nodes:
                              - name: node-one
                                address: "0x0000000000000000000000000000000000000003"
                                hpkePublicKey: "0x8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"
                            cells: [news, sports, weather]
                            queries:
                              - name: hourly
                                type: overlap
                                identifierKind: EMAIL
                                window: PT1H
                                partners: [publisher, advertiser]
                                exposing: publisher
                                windowsPerEpoch: 2
                                cellsPerWindow: 2
                                threshold: 2
                                epsilon: {total: "2", reach: "2", cells: "2"}
                              - name: daily
                                type: overlap
                                identifierKind: EMAIL
                                window: P1D
                                partners: [publisher, shop]
                                windowsPerEpoch: 1
                                threshold: 2
                                epsilon: {total: "2"}
                              - name: last-touch
                                type: attribution
                                identifierKind: EMAIL
                                window: PT2H
                                model: LAST_TOUCH
                                exposures: [publisher]
                                conversions: advertiser
                                viewLookback: PT3H
                                clickLookback: PT6H
                                touchesMax: 1
                                conversionsPerEpoch: 2
                                valueMax: 1000
                                threshold: 2
                                epsilon: {count: "1", value: "1"}
                              - name: two-touches
                                type: attribution
                                identifierKind: EMAIL
                                window: PT1H
                                model: LAST_TOUCH
                                exposures: [publisher, shop]
                                conversions: advertiser
                                viewLookback: PT6H
                                clickLookback: PT6H
                                clickMinAge: PT5M
                                touchesMax: 2
                                conversionsPerEpoch: 3
                                valueMax: 50
                                threshold: 2
                                epsilon: {count: "1"}
                              - name: phones
                                type: overlap
                                identifierKind: PHONE
                                window: PT1H
                                partners: [publisher, advertiser]
                                windowsPerEpoch: 24
                                threshold: 2
                                epsilon: {total: "2", reach: "2"}
                            """)
                    .policy();

    private MatchRoom() {}

    public static long time(long minute) {
        return POLICY.startMillis() + minute * 60_000;
    }

    public static AdmittedEvent view(int partner, String person, long minute, int cell) {
        return event(partner, person, EventKind.VIEW, minute, cell, 0, "");
    }

    public static AdmittedEvent click(int partner, String person, long minute, int cell) {
        return event(partner, person, EventKind.CLICK, minute, cell, 0, "");
    }

    public static AdmittedEvent conversion(String person, long minute, long value) {
        return event(ADVERTISER, person, EventKind.CONVERSION, minute, -1, value, "");
    }

    /** An event with a suffix to its id, so that two of one time and person can differ. */
    public static AdmittedEvent event(
            int partner,
            String person,
            EventKind kind,
            long minute,
            int cell,
            long value,
            String suffix) {
        return named(partner, person, kind, minute, cell, value, kind + " " + minute + suffix);
    }

    /** An event with an id of its own. */
    public static AdmittedEvent named(
            int partner,
            String person,
            EventKind kind,
            long minute,
            int cell,
            long value,
            String name) {
        Bytes32 id = hash(name);
        return new AdmittedEvent(
                partner,
                key(IdentifierKind.EMAIL, person),
                new EventId(id.w0(), id.w1()),
                kind,
                time(minute),
                cell,
                value,
                hash(
                        partner + " " + person + " " + kind + " " + minute + " " + cell + " "
                                + value + " " + name));
    }

    /** The same event by a phone number. */
    public static AdmittedEvent phone(AdmittedEvent event, String person) {
        return new AdmittedEvent(
                event.partner(),
                key(IdentifierKind.PHONE, person),
                event.eventId(),
                event.kind(),
                event.time(),
                event.cell(),
                event.value(),
                event.recordHash());
    }

    private static TokenKey key(IdentifierKind kind, String person) {
        return TokenKey.of(kind, Token.of(hash("token " + person).toBytes()));
    }

    private static Bytes32 hash(String text) {
        return Digests.sha256(Lp.text(text));
    }
}
