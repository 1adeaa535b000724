package io.sealroom.streaming.history;

import io.sealroom.schemas.policy.AttributionModel;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.streaming.testing.TestingRoom;
import java.time.Instant;
import java.util.Random;

/** Rooms of many epochs of a day, with small caps: some epochs in a row hold one of two inputs. */
final class NeighbourRoom {

    private static final String START = "2026-01-05T00:00:00Z";
    private static final int EPOCH_SECONDS = 86_400;

    private static final String ROOM =
            """
            room: neighbour-room
            mode: file
            start: %s
            end: %s
            slice: PT10M
            epoch: P1D
            lookbackEpochs: %d
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
            cells: [news, sports, weather, arts]
            queries:
            """;

    private static final String OVERLAPS =
            """
              - name: hourly
                type: overlap
                identifierKind: EMAIL
                window: PT1H
                partners: [publisher, advertiser]
                exposing: publisher
                windowsPerEpoch: %d
                cellsPerWindow: %d
                threshold: 2
                epsilon: {total: "2", reach: "2", cells: "2", caps: "2"}
              - name: all-three
                type: overlap
                identifierKind: EMAIL
                window: PT2H
                partners: [publisher, advertiser, shop]
                exposing: shop
                windowsPerEpoch: %d
                cellsPerWindow: 1
                threshold: 2
                epsilon: {total: "2", reach: "2", cells: "2", caps: "2"}
            """;

    private static final String PUBLISHER_ONLY =
            """
              - name: publisher-only
                type: attribution
                identifierKind: EMAIL
                window: PT2H
                model: %s
                exposures: [publisher]
                conversions: advertiser
                viewLookback: PT%dM
                clickLookback: PT3H
                clickMinAge: PT%dM
                touchesMax: 10
                conversionsPerEpoch: %d
                valueMax: %d
                threshold: 2
                epsilon: {count: "1", value: "1", caps: "1"}%s
            """;

    private static final String TWO_EXPOSING =
            """
              - name: two-exposing
                type: attribution
                identifierKind: EMAIL
                window: PT1H
                model: %s
                exposures: [publisher, shop]
                conversions: advertiser
                viewLookback: P1D
                clickLookback: P1D
                clicksFirst: true
                touchesMax: %d
                conversionsPerEpoch: %d
                valueMax: 1000
                threshold: 2
                epsilon: {count: "1", value: "1"%s, caps: "1"}%s
            """;

    private NeighbourRoom() {}

    static Policy next(Random random, int lookbackEpochs, int pairs) {
        String text =
                ROOM.formatted(
                                START,
                                Instant.parse(START)
                                        .plusSeconds(
                                                (long) EPOCH_SECONDS
                                                        * 2
                                                        * pairs
                                                        * (1 + lookbackEpochs)),
                                lookbackEpochs)
                        + OVERLAPS.formatted(
                                1 + random.nextInt(4), 1 + random.nextInt(3), 1 + random.nextInt(3))
                        + publisherOnly(random)
                        + twoExposing(random, lookbackEpochs);
        return TestingRoom.parse(text).policy();
    }

    private static String publisherOnly(Random random) {
        AttributionModel model = model(random);
        return PUBLISHER_ONLY.formatted(
                model,
                10 + random.nextInt(120),
                random.nextInt(10),
                1 + random.nextInt(3),
                100 + random.nextInt(900),
                halfLife(model, random));
    }

    private static String twoExposing(Random random, int lookbackEpochs) {
        AttributionModel model = model(random);
        return TWO_EXPOSING.formatted(
                model,
                1 + random.nextInt(2),
                1 + random.nextInt(3),
                lookbackEpochs == 0 ? ", converters: \"1\"" : "",
                halfLife(model, random));
    }

    private static AttributionModel model(Random random) {
        AttributionModel[] models = AttributionModel.values();
        return models[random.nextInt(models.length)];
    }

    private static String halfLife(AttributionModel model, Random random) {
        return model == AttributionModel.TIME_DECAY
                ? "\n    halfLife: PT" + (1 + random.nextInt(300)) + "M"
                : "";
    }
}
