package io.sealroom.local.agents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.local.stack.LocalStack;
import io.sealroom.privacy.secret.KeyGeneration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/**
 * A room of a publisher with two partitions, an advertiser with one and a notary that only
 * evaluates, over three past hours; and the files of the two that supply events.
 */
final class ThreePartners {

    static final List<String> SUPPLIERS = List.of("publisher", "advertiser");
    static final List<String> PARTNERS = List.of("publisher", "advertiser", "notary");

    private static final long START = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
    private static final long LENGTH = 3 * 3_600_000L;
    private static final String HEADER = "event_id,id_type,identifier,timestamp,kind,cell,value\n";

    private ThreePartners() {}

    /** Makes everybody's keys and writes the policy that names them. */
    static Path write(Path directory, Path keys) throws IOException {
        KeyGeneration.generate(keys, PARTNERS, List.of("node-one"));
        JsonNode made =
                new ObjectMapper().readTree(keys.resolve(KeyGeneration.PARTICIPANTS_FILE).toFile());
        JsonNode node = made.required("nodes").get(0);
        String policy =
                """
                room: killed-agents
                mode: file
                start: 2026-01-05T00:00:00Z
                end: 2026-01-05T03:00:00Z
                slice: PT10M
                epoch: P28D
                region: US
                quota: 200000
                ledger: "%s"
                partners:
                  - {name: publisher, address: "%s", partitions: 2}
                  - {name: advertiser, address: "%s", partitions: 1}
                  - {name: notary, address: "%s", partitions: 0}
                nodes:
                  - {name: node-one, address: "%s", hpkePublicKey: "%s"}
                cells: [news, sports]
                queries:
                  - name: hourly
                    type: overlap
                    identifierKind: EMAIL
                    window: PT1H
                    partners: [publisher, advertiser]
                    windowsPerEpoch: 24
                    threshold: 50
                    epsilon: {total: "2"}
                """
                        .formatted(
                                LocalStack.LEDGER.hex(),
                                address(made, 0),
                                address(made, 1),
                                address(made, 2),
                                node.required("address").textValue(),
                                node.required("hpkePublicKey").textValue());
        return Files.writeString(directory.resolve("policy.yaml"), policy);
    }

    private static String address(JsonNode made, int partner) {
        return made.required("partners").get(partner).required("address").textValue();
    }

    /** Events in no order of time, several of one person. */
    static Path events(Path directory, String partner, int count, int persons, long seed)
            throws IOException {
        Random random = new Random(seed);
        boolean exposes = partner.equals("publisher");
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 0; i < count; i++) {
            rows.append(
                    "%s-%d,email,person%d@example.org,%d,%s%n"
                            .formatted(
                                    partner,
                                    i,
                                    random.nextInt(persons),
                                    START + random.nextLong(LENGTH),
                                    exposes ? "view,news," : "conversion,,5"));
        }
        return Files.writeString(directory.resolve(partner + ".csv"), rows);
    }
}
