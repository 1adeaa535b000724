package io.sealroom.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyException;
import io.sealroom.schemas.policy.PolicyFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The sample policy with other queries, and with texts replaced. */
final class SamplePolicies {

    /** Every family of an overlap. */
    static final String OVERLAP =
            """
              - name: overlap
                type: overlap
                identifierKind: EMAIL
                window: PT1H
                partners: [publisher, advertiser]
                exposing: publisher
                windowsPerEpoch: 7
                cellsPerWindow: 3
                threshold: 50
                LOSS: {total: "AMOUNT", reach: "AMOUNT", cells: "AMOUNT", caps: "AMOUNT"}
            """;

    /** Every family of an attribution that any look-back over epochs has. */
    static final String ATTRIBUTION =
            """
              - name: attribution
                type: attribution
                identifierKind: EMAIL
                window: PT1H
                model: LINEAR
                exposures: [publisher]
                conversions: advertiser
                touchesMax: 5
                conversionsPerEpoch: 4
                valueMax: 500
                threshold: 10
                LOSS: {count: "AMOUNT", value: "AMOUNT", converters: "AMOUNT", caps: "AMOUNT"}
            """;

    private SamplePolicies() {}

    /** Queries with another measure and amount. */
    static String with(String queries, String measure, String amount) {
        return queries.replace("LOSS", measure).replace("AMOUNT", amount);
    }

    /**
     * @param queries of the policy, YAML
     * @param fromTo what to replace, in pairs
     */
    static Policy policy(String queries, String... fromTo) {
        try {
            return PolicyFile.parse(yaml(queries, fromTo));
        } catch (PolicyException e) {
            throw new AssertionError(e);
        }
    }

    static String yaml(String queries, String... fromTo) {
        String yaml = resource("/sample-policy.yaml");
        yaml = yaml.substring(0, yaml.indexOf("queries:")) + "queries:\n" + queries;
        for (int i = 0; i < fromTo.length; i += 2) {
            assertThat(yaml).contains(fromTo[i]);
            yaml = yaml.replace(fromTo[i], fromTo[i + 1]);
        }
        return yaml;
    }

    /** The same with another look-back, whatever the rules of policies say of it. */
    static Policy withLookback(Policy policy, int lookbackEpochs) {
        return new Policy(
                policy.room(),
                policy.semantics(),
                policy.mode(),
                policy.startMillis(),
                policy.endMillis(),
                policy.sliceMillis(),
                policy.epochMillis(),
                policy.maxAheadMillis(),
                policy.graceMillis(),
                lookbackEpochs,
                policy.region(),
                policy.finalityDepth(),
                policy.pendingAlarmMillis(),
                policy.quota(),
                policy.quorum(),
                policy.ledger(),
                policy.partners(),
                policy.nodes(),
                policy.auditors(),
                policy.cells(),
                policy.queries());
    }

    static String resource(String name) {
        try (InputStream in = SamplePolicies.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
