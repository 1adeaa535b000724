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
    public static final List<String> NODES = List.of("node-one");

    private DemoPolicy() {}

    /**
     * The policy as YAML.
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
        for (JsonNode node : participants.required("nodes")) {
            String name = text(node, "name");
            text = fill(text, name, text(node, "address"));
            text = fill(text, name + ".hpke", text(node, "hpkePublicKey"));
        }
        return text;
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
