package io.sealroom.benchmarks;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyException;
import io.sealroom.schemas.policy.PolicyFile;
import java.util.List;

/** A room of one day with the first of twenty queries, of mixed types, windows and models. */
final class QueriesPolicy {

    static final int QUERIES = 20;

    private static final String HEAD =
            """
            room: queries-room
            mode: file
            start: 2026-01-05T00:00:00Z
            end: 2026-01-06T00:00:00Z
            slice: PT10M
            epoch: P1D
            maxAhead: P1D
            quota: 1000
            ledger: "0x0000000000000000000000000000000000000005"
            partners:
              - {name: publisher, address: "0x0000000000000000000000000000000000000001"}
              - {name: advertiser, address: "0x0000000000000000000000000000000000000002"}
            nodes:
              - name: node-one
                address: "0x0000000000000000000000000000000000000003"
                hpkePublicKey: "0x8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"
            cells: [c0, c1, c2, c3, c4, c5, c6, c7, c8, c9]
            queries:
            """;

    private static final String ATTRIBUTION =
            """
              - name: attribution-%d
                type: attribution
                identifierKind: EMAIL
                window: %s
                model: %s
                exposures: [publisher]
                conversions: advertiser
                viewLookback: %s
                clickLookback: PT24H
                touchesMax: %d
                conversionsPerEpoch: 3
                valueMax: 100000
                threshold: 10
                epsilon: {count: "0.1", value: "0.1"%s}
            """;

    private static final String OVERLAP =
            """
              - name: overlap-%d
                type: overlap
                identifierKind: EMAIL
                window: %s
                partners: [publisher, advertiser]
                exposing: publisher
                windowsPerEpoch: 4
                cellsPerWindow: 2
                threshold: 10
                epsilon: {total: "0.1", reach: "0.1", cells: "0.1"%s}
            """;

    private static final String CONVERTERS = ", converters: \"0.1\"";
    private static final String CAPS = ", caps: \"0.1\"";

    private static final List<String> WINDOWS = List.of("PT1H", "PT2H", "PT6H", "P1D");
    private static final List<String> LOOKBACKS = List.of("PT24H", "PT12H", "PT6H", "PT1H");
    private static final int TOUCHES_MAX = 10;
    private static final List<String> MODELS =
            List.of(
                    "LAST_TOUCH",
                    "FIRST_TOUCH",
                    "LINEAR",
                    "POSITION",
                    "TIME_DECAY\n    halfLife: PT1H");

    private QueriesPolicy() {}

    /**
     * @param queries how many of the twenty: the first is last touch by the hour; of every five the
     *     last is an overlap; of attributions every third counts converters and caps, of overlaps
     *     every second caps
     */
    static Policy of(int queries) {
        StringBuilder yaml = new StringBuilder(HEAD);
        for (int i = 0; i < queries; i++) {
            String window = WINDOWS.get(i % WINDOWS.size());
            if (i % 5 == 4) {
                yaml.append(OVERLAP.formatted(i, window, i % 2 == 0 ? CAPS : ""));
            } else {
                int attribution = i - i / 5;
                yaml.append(
                        ATTRIBUTION.formatted(
                                i,
                                window,
                                MODELS.get(attribution % MODELS.size()),
                                LOOKBACKS.get(attribution / 2 % LOOKBACKS.size()),
                                1 + attribution % TOUCHES_MAX,
                                attribution % 3 == 1 ? CONVERTERS + CAPS : ""));
            }
        }
        try {
            return PolicyFile.parse(yaml.toString());
        } catch (PolicyException e) {
            throw new IllegalStateException("the benchmark's policy must be valid", e);
        }
    }
}
