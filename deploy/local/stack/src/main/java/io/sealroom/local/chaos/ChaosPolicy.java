package io.sealroom.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.local.stack.LocalStack;
import io.sealroom.privacy.secret.KeyGeneration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The agreement of a run: a live room of two partners with windows of seconds. */
final class ChaosPolicy {

    static final String ROOM = "chaos-room";
    static final String NODE = "node-one";
    static final String PUBLISHER = "publisher";
    static final String ADVERTISER = "advertiser";
    static final List<String> PARTNERS = List.of(PUBLISHER, ADVERTISER);

    /** Of the longest window; start and end of the room are multiples of it. */
    static final long WINDOW_MILLIS = 20_000;

    private ChaosPolicy() {}

    /**
     * The policy as YAML.
     *
     * @param keys directory with {@code participants.json}
     * @param startMillis a multiple of {@link #WINDOW_MILLIS}
     * @param endMillis another
     */
    static String render(Path keys, long startMillis, long endMillis) throws IOException {
        JsonNode made =
                new ObjectMapper().readTree(keys.resolve(KeyGeneration.PARTICIPANTS_FILE).toFile());
        JsonNode node = made.required("nodes").get(0);
        return """
                room: %s
                mode: live
                start: %s
                end: %s
                slice: PT2S
                grace: PT2S
                epoch: P28D
                maxAhead: PT10S
                region: US
                quota: 100000000
                ledger: "%s"
                partners:
                  - {name: publisher, address: "%s", partitions: 2}
                  - {name: advertiser, address: "%s", partitions: 1}
                nodes:
                  - {name: %s, address: "%s", hpkePublicKey: "%s"}
                cells: [news, sports, weather]
                queries:
                  - name: reach
                    type: overlap
                    identifierKind: EMAIL
                    window: PT10S
                    partners: [publisher, advertiser]
                    exposing: publisher
                    windowsPerEpoch: 20
                    cellsPerWindow: 2
                    threshold: 60
                    epsilon: {total: "1", reach: "1", cells: "1"}
                  - name: sales
                    type: attribution
                    identifierKind: EMAIL
                    window: PT20S
                    model: LAST_TOUCH
                    exposures: [publisher]
                    conversions: advertiser
                    clickLookback: PT1M
                    viewLookback: PT30S
                    conversionsPerEpoch: 60
                    valueMax: 5000
                    threshold: 20
                    epsilon: {count: "1", value: "1"}
                """
                .formatted(
                        ROOM,
                        Instant.ofEpochMilli(startMillis),
                        Instant.ofEpochMilli(endMillis),
                        LocalStack.LEDGER.hex(),
                        address(made, 0),
                        address(made, 1),
                        NODE,
                        node.required("address").textValue(),
                        node.required("hpkePublicKey").textValue());
    }

    private static String address(JsonNode made, int partner) {
        return made.required("partners").get(partner).required("address").textValue();
    }
}
