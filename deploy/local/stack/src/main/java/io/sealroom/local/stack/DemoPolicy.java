package io.sealroom.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.privacy.secret.KeyGeneration;
import io.sealroom.schemas.hash.Address;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The demo's policy, filled in from the public parts of generated keys. */
public final class DemoPolicy {

    public static final List<String> PARTNERS = List.of("publisher", "advertiser");

    private static final List<String> NODES = List.of("node-one", "node-two", "node-three");

    private DemoPolicy() {}

    /**
     * Names of the nodes of a demo.
     *
     * @param count 1 to 3
     */
    public static List<String> nodes(int count) {
        return NODES.subList(0, count);
    }

    /**
     * The policy as YAML, for the nodes whose keys were made; more than half of them are the
     * quorum.
     *
     * @param keys directory with {@code participants.json}
     * @param ledger address of the BudgetLedger
     * @throws IOException if that file cannot be read
     */
    public static String render(Path keys, Address ledger) throws IOException {
        JsonNode participants =
                new ObjectMapper().readTree(keys.resolve(KeyGeneration.PARTICIPANTS_FILE).toFile());
        String text = fill(template(), "ledger", ledger.hex());
        for (JsonNode partner : participants.required("partners")) {
            text = fill(text, text(partner, "name"), text(partner, "address"));
        }
        JsonNode nodes = participants.required("nodes");
        StringBuilder list = new StringBuilder();
        for (JsonNode node : nodes) {
            list.append(
                    String.format(
                            "%n  - {name: %s, address: \"%s\", hpkePublicKey: \"%s\"}",
                            text(node, "name"),
                            text(node, "address"),
                            text(node, "hpkePublicKey")));
        }
        text = fill(text, "quorum", Integer.toString(nodes.size() / 2 + 1));
        return fill(text, "nodes", list.toString());
    }

    private static String fill(String text, String name, String value) {
        return text.replace("${" + name + "}", value);
    }

    private static String text(JsonNode node, String field) {
        return node.required(field).textValue();
    }

    private static String template() throws IOException {
        try (InputStream in = DemoPolicy.class.getResourceAsStream("demo-policy.yaml")) {
            if (in == null) {
                throw new IOException("demo-policy.yaml is part of this jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
