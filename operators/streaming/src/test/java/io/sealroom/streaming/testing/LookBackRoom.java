package io.sealroom.streaming.testing;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.hash.Lp;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;
import io.sealroom.streaming.flow.AdmittedConversion;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.TokenKey;
import org.jspecify.annotations.Nullable;

/**
 * Three days in epochs of one, slices of ten minutes, conversions that look back into the day
 * before (K = 1). Times are minutes from the start; tokens are names.
 */
public final class LookBackRoom {

    public static final int PUBLISHER = 0;
    public static final int ADVERTISER = 1;
    public static final int SHOP = 2;

    /** Positions of the queries. */
    public static final int HOURLY = 0;

    /** Two conversions of a token; it counts the tokens that this cut. */
    public static final int TWO = 1;

    /** One conversion of a token. */
    public static final int ONE = 2;

    public static final int DAY = 24 * 60;

    public static final Policy POLICY =
            TestingRoom.parse(
                            """
                            room: look-back-room
                            mode: file
                            start: 2026-01-05T00:00:00Z
                            end: 2026-01-08T00:00:00Z
                            slice: PT10M
                            epoch: P1D
                            maxAhead: P3D
                            lookbackEpochs: 1
                            quota: 1000
                            ledger: "0x0000000000000000000000000000000000000005"
                            partners:
                              - {name: publisher, address: "0x0000000000000000000000000000000000000001"}
                              - {name: advertiser, address: "0x0000000000000000000000000000000000000002"}
                              - {name: shop, address: "0x0000000000000000000000000000000000000004"}
                            nodes:
                              - name: node-one
                                address: "0x0000000000000000000000000000000000000003"
                                hpkePublicKey: "0x8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"
                            cells: [news, sports]
                            queries:
                              - name: hourly
                                type: overlap
                                identifierKind: EMAIL
                                window: PT1H
                                partners: [publisher, advertiser]
                                windowsPerEpoch: 2
                                threshold: 2
                                epsilon: {total: "2", caps: "1"}
                              - name: two
                                type: attribution
                                identifierKind: EMAIL
                                window: PT2H
                                model: LAST_TOUCH
                                exposures: [publisher]
                                conversions: advertiser
                                viewLookback: PT6H
                                clickLookback: PT6H
                                touchesMax: 2
                                conversionsPerEpoch: 2
                                valueMax: 1000
                                threshold: 2
                                epsilon: {count: "1", value: "1", caps: "1"}
                              - name: one
                                type: attribution
                                identifierKind: EMAIL
                                window: PT1H
                                model: LAST_TOUCH
                                exposures: [publisher]
                                conversions: advertiser
                                viewLookback: PT3H
                                clickLookback: PT6H
                                touchesMax: 1
                                conversionsPerEpoch: 1
                                valueMax: 1000
                                threshold: 2
                                epsilon: {count: "1"}
                            """)
                    .policy();

    private LookBackRoom() {}

    public static long time(long minute) {
        return POLICY.startMillis() + minute * 60_000;
    }

    public static TokenKey key(String token) {
        return TokenKey.of(IdentifierKind.EMAIL, Token.of(hash("token " + token).toBytes()));
    }

    public static AdmittedEvent view(String token, long minute, int cell) {
        return event(PUBLISHER, token, "", EventKind.VIEW, minute, cell, 0, "view " + minute);
    }

    /** A conversion of the advertiser. */
    public static AdmittedConversion conversion(
            String token, @Nullable String older, long minute, String id) {
        AdmittedEvent event =
                event(ADVERTISER, token, " " + older, EventKind.CONVERSION, minute, -1, minute, id);
        return new AdmittedConversion(event, older == null ? null : key(older));
    }

    private static AdmittedEvent event(
            int partner,
            String token,
            String older,
            EventKind kind,
            long minute,
            int cell,
            long value,
            String name) {
        Bytes32 id = hash(name);
        return new AdmittedEvent(
                partner,
                key(token),
                new EventId(id.w0(), id.w1()),
                kind,
                time(minute),
                cell,
                value,
                hash(partner + " " + token + older + " " + kind + " " + minute + " " + name));
    }

    private static Bytes32 hash(String text) {
        return Digests.sha256(Lp.text(text));
    }
}
