package io.sealroom.streaming.history;

import io.sealroom.streaming.testing.TestingRoom;
import java.time.Instant;
import java.util.Random;

/**
 * Small rooms of all kinds: window lengths, epochs, partners, partitions, caps, look-backs. Slices
 * have ten minutes.
 */
final class RandomRoom {

    private static final String START = "2026-01-05T00:00:00Z";
    private static final int SLICE_MINUTES = 10;

    private static final String ROOM =
            """
            room: random-room
            mode: file
            start: %s
            end: %s
            slice: PT10M
            epoch: %s
            maxAhead: PT%dM
            quota: 1000
            ledger: "0x0000000000000000000000000000000000000005"
            partners:
              - {name: publisher, address: "0x0000000000000000000000000000000000000001", partitions: %d}
              - {name: advertiser, address: "0x0000000000000000000000000000000000000002", partitions: %d}
            """;

    private static final String SHOP =
            """
              - {name: shop, address: "0x0000000000000000000000000000000000000004", partitions: %d}
            """;

    private static final String QUERIES =
            """
            nodes:
              - name: node-one
                address: "0x0000000000000000000000000000000000000003"
                hpkePublicKey: "0x8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"
            cells: [news, sports]
            queries:
              - name: overlap
                type: overlap
                identifierKind: EMAIL
                window: PT%dM
                partners: [publisher, %s]
                exposing: publisher
                windowsPerEpoch: %d
                cellsPerWindow: %d
                threshold: 1
                epsilon: {total: "2", reach: "2", cells: "2"}
              - name: last-touch
                type: attribution
                identifierKind: EMAIL
                window: PT%dM
                model: LAST_TOUCH
                exposures: [publisher%s]
                conversions: advertiser
                viewLookback: PT%dM
                clickLookback: PT%dM
                clickMinAge: PT%dM
                clicksFirst: %s
                conversionsPerEpoch: %d
                valueMax: 500
                threshold: 1
                epsilon: {count: "1", value: "1"}
            """;

    private static final String PHONES =
            """
              - name: phones
                type: overlap
                identifierKind: PHONE
                window: PT%dM
                partners: [publisher, advertiser%s]
                windowsPerEpoch: 24
                threshold: 1
                epsilon: {total: "2"}
            """;

    private RandomRoom() {}

    static TestingRoom next(Random random) {
        int shortest = SLICE_MINUTES * (1 + random.nextInt(3));
        int longest = shortest * (1 + random.nextInt(3));
        int minutes =
                longest * (longest == shortest ? 2 + random.nextInt(3) : 1 + random.nextInt(2));
        boolean manyEpochs = random.nextInt(3) == 0;
        String epoch = manyEpochs ? "PT" + longest + "M" : "P1D";
        int lookbackMax = manyEpochs ? longest : 2 * minutes;
        boolean three = random.nextInt(4) == 0;
        StringBuilder yaml =
                new StringBuilder(
                        ROOM.formatted(
                                START,
                                Instant.parse(START).plusSeconds(60L * minutes),
                                epoch,
                                SLICE_MINUTES * (1 + random.nextInt(4)),
                                1 + random.nextInt(3),
                                1 + random.nextInt(2)));
        if (three) {
            yaml.append(SHOP.formatted(1 + random.nextInt(2)));
        }
        yaml.append(
                QUERIES.formatted(
                        shortest,
                        three && random.nextBoolean() ? "shop" : "advertiser",
                        1 + random.nextInt(3),
                        1 + random.nextInt(2),
                        random.nextBoolean() ? shortest : longest,
                        three && random.nextBoolean() ? ", shop" : "",
                        1 + random.nextInt(lookbackMax),
                        SLICE_MINUTES + random.nextInt(lookbackMax - SLICE_MINUTES + 1),
                        random.nextInt(SLICE_MINUTES),
                        random.nextBoolean(),
                        1 + random.nextInt(3)));
        if (random.nextInt(3) == 0) {
            yaml.append(PHONES.formatted(longest, three ? ", shop" : ""));
        }
        return TestingRoom.parse(yaml.toString());
    }
}
