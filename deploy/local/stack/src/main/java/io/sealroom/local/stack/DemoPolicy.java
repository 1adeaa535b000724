package io.sealroom.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.privacy.secret.KeyGeneration;
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
     * @throws IOException if that file cannot be read
     */
    public static String render(Path keys) throws IOException {
        JsonNode participants =
                new ObjectMapper().readTree(keys.resolve(KeyGeneration.PARTICIPANTS_FILE).toFile());
        String text = template();
        for (JsonNode partner : participants.required("partners")) {
            text = fill(text, partner.required("name").textValue(), partner.required("address"));
        }
        for (JsonNode node : participants.required("nodes")) {
            String name = node.required("name").textValue();
            text = fill(text, name, node.required("address"));
            text = fill(text, name + ".hpke", node.required("hpkePublicKey"));
        }
        return text;
    }

    private static String fill(String text, String name, JsonNode value) {
        return text.replace("${" + name + "}", value.textValue());
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
