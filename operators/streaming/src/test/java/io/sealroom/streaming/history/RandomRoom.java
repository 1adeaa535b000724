package io.sealroom.streaming.history;

import io.sealroom.streaming.testing.TestingRoom;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/**
 * Small rooms of all kinds: window lengths, epochs, partners, partitions, models, caps, look-backs,
 * also into the epoch before. Slices have ten minutes.
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
            lookbackEpochs: %d
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
                epsilon: {total: "2", reach: "2", cells: "2"%s}
              - name: last-touch
                type: attribution
                identifierKind: EMAIL
                window: PT%dM
                model: %s
                exposures: [publisher%s]
                conversions: advertiser
                viewLookback: PT%dM
                clickLookback: PT%dM
                clickMinAge: PT%dM
                clicksFirst: %s
                conversionsPerEpoch: %d
                valueMax: 500
                threshold: 1
                epsilon: {count: "1", value: "1"%s}
            """;

    private static final String SECOND =
            """
              - name: second
                type: attribution
                identifierKind: EMAIL
                window: PT%dM
                model: %s
                exposures: [publisher]
                conversions: advertiser
                viewLookback: PT%dM
                clickLookback: PT%dM
                touchesMax: %d
                conversionsPerEpoch: %d
                valueMax: 100
                threshold: 1
                epsilon: {count: "1"%s}
            """;

    private static final List<String> MODELS =
            List.of(
                    "LAST_TOUCH",
                    "FIRST_TOUCH",
                    "LINEAR",
                    "POSITION",
                    "TIME_DECAY\n    halfLife: PT20M");

    private static final String CAPS = ", caps: \"1\"";

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
        int lookbackEpochs = manyEpochs ? random.nextInt(2) : random.nextInt(4) / 3;
        boolean three = random.nextInt(4) == 0;
        StringBuilder yaml =
                new StringBuilder(
                        ROOM.formatted(
                                START,
                                Instant.parse(START).plusSeconds(60L * minutes),
                                epoch,
                                SLICE_MINUTES * (1 + random.nextInt(4)),
                                lookbackEpochs,
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
                        random.nextBoolean() ? CAPS : "",
                        random.nextBoolean() ? shortest : longest,
                        MODELS.get(random.nextInt(MODELS.size())),
                        three && random.nextBoolean() ? ", shop" : "",
                        1 + random.nextInt(lookbackMax),
                        SLICE_MINUTES + random.nextInt(lookbackMax - SLICE_MINUTES + 1),
                        random.nextInt(SLICE_MINUTES),
                        random.nextBoolean(),
                        1 + random.nextInt(3),
                        random.nextBoolean() ? CAPS : ""));
        if (random.nextInt(4) == 0) {
            yaml.append(
                    SECOND.formatted(
                            longest,
                            MODELS.get(random.nextInt(MODELS.size())),
                            1 + random.nextInt(lookbackMax),
                            1 + random.nextInt(lookbackMax),
                            1 + random.nextInt(10),
                            1 + random.nextInt(3),
                            (lookbackEpochs == 0 ? ", converters: \"1\"" : "")
                                    + (random.nextBoolean() ? CAPS : "")));
        }
        if (random.nextInt(4) == 0) {
            yaml.append(PHONES.formatted(longest, three ? ", shop" : ""));
        }
        return TestingRoom.parse(yaml.toString());
    }
}
