package io.sealroom.streaming.history;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.streaming.testing.TestingRoom;
import java.time.Instant;
import java.util.Random;

/** Rooms of many epochs of a day, with small caps: each epoch holds one of two neighbours. */
final class NeighbourRoom {

    private static final String START = "2026-01-05T00:00:00Z";
    private static final String POLICY =
            """
            room: neighbour-room
            mode: file
            start: 2026-01-05T00:00:00Z
            end: %s
            slice: PT10M
            epoch: P1D
            maxAhead: P1D
            quota: 1000
            ledger: "0x0000000000000000000000000000000000000005"
            partners:
              - {name: publisher, address: "0x0000000000000000000000000000000000000001", partitions: 1}
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
                windowsPerEpoch: %d
                cellsPerWindow: %d
                threshold: 2
                epsilon: {total: "2", reach: "2", cells: "2"}
              - name: all-three
                type: overlap
                identifierKind: EMAIL
                window: PT2H
                partners: [publisher, advertiser, shop]
                exposing: shop
                windowsPerEpoch: %d
                cellsPerWindow: 1
                threshold: 2
                epsilon: {total: "2", reach: "2", cells: "2"}
              - name: publisher-only
                type: attribution
                identifierKind: EMAIL
                window: PT2H
                model: LAST_TOUCH
                exposures: [publisher]
                conversions: advertiser
                viewLookback: PT%dM
                clickLookback: PT3H
                conversionsPerEpoch: %d
                valueMax: %d
                threshold: 2
                epsilon: {count: "1", value: "1"}
              - name: two-exposing
                type: attribution
                identifierKind: EMAIL
                window: PT1H
                model: LAST_TOUCH
                exposures: [publisher, shop]
                conversions: advertiser
                viewLookback: PT6H
                clickLookback: PT6H
                clickMinAge: PT%dM
                clicksFirst: %s
                conversionsPerEpoch: %d
                valueMax: 1000
                threshold: 2
                epsilon: {count: "1", value: "1"}
            """;

    private NeighbourRoom() {}

    static Policy next(Random random, int epochs) {
        int windows = 1 + random.nextInt(4);
        return TestingRoom.parse(
                        POLICY.formatted(
                                Instant.parse(START).plusSeconds(86_400L * epochs),
                                windows,
                                1 + random.nextInt(3),
                                1 + random.nextInt(3),
                                10 + random.nextInt(120),
                                1 + random.nextInt(3),
                                100 + random.nextInt(900),
                                random.nextInt(10),
                                random.nextBoolean(),
                                1 + random.nextInt(3)))
                .policy();
    }
}
