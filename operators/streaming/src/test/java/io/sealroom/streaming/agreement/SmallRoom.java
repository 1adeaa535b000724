package io.sealroom.streaming.agreement;

import io.sealroom.schemas.policy.AttributionModel;
import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.Loss;
import io.sealroom.schemas.policy.OverlapQuery;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.streaming.testing.TestingRoom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Policies over everything that exact totals depend on, small enough for every cap to bite: an
 * epoch is an hour or two, a slice ten minutes.
 */
final class SmallRoom {

    /** All times and ages are multiples of it, but for a millisecond here and there. */
    static final long STEP_MILLIS = Duration.ofSeconds(150).toMillis();

    private static final long SLICE_MILLIS = Duration.ofMinutes(10).toMillis();
    private static final List<Integer> EPOCH_SLICES = List.of(6, 12);
    private static final int QUERIES_MAX = 4;
    private static final Loss LOSS = Loss.epsilon("1");

    /** In no alphabetical order: the policy's order is what counts. */
    private static final List<String> CELLS = List.of("news", "arts", "sports", "arts.film");

    private static final Policy BASE =
            TestingRoom.parse(
                            """
                            room: small-histories
                            mode: file
                            start: 2026-01-05T00:00:00Z
                            end: 2026-01-05T02:00:00Z
                            slice: PT10M
                            epoch: PT2H
                            quota: 1000
                            ledger: "0x0000000000000000000000000000000000000005"
                            partners:
                              - {name: publisher, address: "0x0000000000000000000000000000000000000001"}
                              - {name: advertiser, address: "0x0000000000000000000000000000000000000002"}
                              - {name: broadcaster, address: "0x0000000000000000000000000000000000000003"}
                              - {name: shop, address: "0x0000000000000000000000000000000000000004"}
                            nodes:
                              - name: node-one
                                address: "0x0000000000000000000000000000000000000006"
                                hpkePublicKey: "0x8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"
                            cells: [any]
                            queries:
                              - name: any
                                type: overlap
                                identifierKind: EMAIL
                                window: PT10M
                                partners: [publisher, advertiser]
                                windowsPerEpoch: 1
                                threshold: 1
                                epsilon: {total: "1"}
                            """)
                    .policy();

    private final Random random;
    private final List<Partner> partners;
    private final List<String> cells;
    private final int lookbackEpochs;
    private final long epochMillis;

    /** Lengths that queries can have, rising. */
    private final List<Long> windows;

    private SmallRoom(Random random) {
        this.random = random;
        partners = BASE.partners().subList(0, 2 + random.nextInt(BASE.partners().size() - 1));
        cells = CELLS.subList(0, 1 + random.nextInt(CELLS.size()));
        lookbackEpochs = random.nextInt(2);
        int slices = EPOCH_SLICES.get(random.nextInt(EPOCH_SLICES.size()));
        epochMillis = slices * SLICE_MILLIS;
        int shortest = 1 + random.nextInt(3);
        windows =
                IntStream.rangeClosed(1, slices)
                        .filter(length -> length % shortest == 0 && slices % length == 0)
                        .mapToObj(length -> length * SLICE_MILLIS)
                        .toList();
    }

    /**
     * A policy.
     *
     * @param epochs how many the room has at most: it may begin and end within one
     */
    static Policy next(Random random, int epochs) {
        return new SmallRoom(random).policy(epochs);
    }

    private Policy policy(int epochs) {
        List<Query> queries = new ArrayList<>();
        int count = 1 + random.nextInt(QUERIES_MAX);
        int shortest = random.nextInt(count);
        for (int i = 0; i < count; i++) {
            // Every window is a multiple of the shortest.
            long window = i == shortest ? windows.get(0) : oneOf(windows);
            queries.add(
                    random.nextInt(3) == 0
                            ? overlap("q" + i, window)
                            : attribution("q" + i, window));
        }
        long period = period(queries);
        long start = BASE.startMillis() / epochMillis * epochMillis;
        return new Policy(
                BASE.room(),
                BASE.semantics(),
                BASE.mode(),
                start + partOfAnEpoch(period),
                start + epochs * epochMillis - partOfAnEpoch(period),
                SLICE_MILLIS,
                epochMillis,
                epochs * epochMillis,
                BASE.graceMillis(),
                lookbackEpochs,
                BASE.region(),
                BASE.finalityDepth(),
                BASE.pendingAlarmMillis(),
                BASE.quota(),
                BASE.quorum(),
                BASE.ledger(),
                partners,
                BASE.nodes(),
                BASE.auditors(),
                cells,
                queries);
    }

    /** Room start and end are multiples of it, and so of every window. */
    private long period(List<Query> queries) {
        return windows.stream()
                .filter(
                        length ->
                                queries.stream()
                                        .allMatch(query -> length % query.windowMillis() == 0))
                .findFirst()
                .orElseThrow();
    }

    private long partOfAnEpoch(long period) {
        int periods = (int) (epochMillis / period);
        return random.nextInt(4) == 0 ? random.nextInt(periods) * period : 0;
    }

    private OverlapQuery overlap(String name, long window) {
        List<String> named = partners(2);
        @Nullable String exposing = random.nextBoolean() ? oneOf(named) : null;
        return new OverlapQuery(
                name,
                kind(),
                window,
                named,
                exposing,
                1 + random.nextInt(3),
                1 + random.nextInt(Math.min(2, cells.size())),
                1,
                LOSS,
                maybe(),
                exposing == null ? null : LOSS,
                maybe());
    }

    private AttributionQuery attribution(String name, long window) {
        AttributionModel model = oneOf(List.of(AttributionModel.values()));
        long clickLookback = lookback();
        long viewLookback = lookback();
        return new AttributionQuery(
                name,
                kind(),
                window,
                model,
                partners(1),
                oneOf(partners).name(),
                clickLookback,
                viewLookback,
                leastAge(clickLookback),
                leastAge(viewLookback),
                random.nextBoolean(),
                random.nextBoolean() ? 10 : 1 + random.nextInt(10),
                1 + random.nextInt(3),
                oneOf(List.of(1L, 2L, 7L, 1_000_000_000_000L)),
                1,
                model == AttributionModel.TIME_DECAY ? halfLife() : 0,
                LOSS,
                maybe(),
                lookbackEpochs == 0 ? maybe() : null,
                maybe());
    }

    private long lookback() {
        int steps = (int) (epochMillis / STEP_MILLIS);
        return (random.nextBoolean() ? steps : 1 + random.nextInt(steps)) * STEP_MILLIS;
    }

    private long leastAge(long lookback) {
        int steps = (int) (lookback / STEP_MILLIS);
        return random.nextInt(3) > 0 ? 0 : random.nextInt(Math.min(steps, 10) + 1) * STEP_MILLIS;
    }

    /** From so short that no touch has any weight to so long that all have the same. */
    private long halfLife() {
        return oneOf(List.of(1L, STEP_MILLIS, 7 * STEP_MILLIS, epochMillis, 1L << 50));
    }

    private IdentifierKind kind() {
        return random.nextInt(4) == 0 ? IdentifierKind.PHONE : IdentifierKind.EMAIL;
    }

    private @Nullable Loss maybe() {
        return random.nextBoolean() ? LOSS : null;
    }

    /** Names of so many partners or more, in policy order. */
    private List<String> partners(int least) {
        List<String> names = new ArrayList<>();
        while (names.size() < least) {
            names.clear();
            partners.stream()
                    .filter(partner -> random.nextBoolean())
                    .forEach(partner -> names.add(partner.name()));
        }
        return names;
    }

    private <T> T oneOf(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }
}
