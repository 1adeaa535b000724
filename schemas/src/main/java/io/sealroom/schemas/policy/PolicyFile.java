package io.sealroom.schemas.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The YAML (or JSON) file in which partners write their policy: ISO-8601 instants and durations,
 * decimals as text. Reading it checks the JSON schema {@code policy.schema.json}, fills in defaults
 * and checks what no schema can say.
 */
public final class PolicyFile {

    private static final ObjectMapper YAML =
            YAMLMapper.builder(
                            YAMLFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    // A second document in the file would be read by people and by nobody else.
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /** RFC 8785 writes numbers as doubles: beyond this, different times would have one hash. */
    private static final long MILLIS_MAX = (1L << 53) - 1;

    static final Set<String> INSTANTS = Set.of("start", "end");
    static final Set<String> DURATIONS =
            Set.of("slice", "epoch", "maxAhead", "grace", "pendingAlarm");
    static final Set<String> QUERY_DURATIONS =
            Set.of(
                    "window",
                    "clickLookback",
                    "viewLookback",
                    "clickMinAge",
                    "viewMinAge",
                    "halfLife");

    /** How many touches a model over several looks at, unless the file says. */
    private static final int TOUCHES_MAX = 10;

    private static final JsonSchema SCHEMA = loadSchema();

    private PolicyFile() {}

    /**
     * @throws IOException if the file cannot be read
     * @throws PolicyException if it is not a valid policy
     */
    public static Policy read(Path file) throws IOException, PolicyException {
        return parse(Files.readString(file, StandardCharsets.UTF_8));
    }

    /**
     * @throws PolicyException if the text is not a valid policy
     */
    public static Policy parse(String yaml) throws PolicyException {
        return policy(tree(yaml));
    }

    /**
     * @throws PolicyException if the tree of a file is not a valid policy
     */
    static Policy policy(JsonNode tree) throws PolicyException {
        List<String> faults =
                SCHEMA.validate(tree).stream()
                        .map(message -> message.getMessage())
                        .sorted()
                        .toList();
        if (!faults.isEmpty()) {
            throw new PolicyException(faults);
        }
        Policy policy;
        try {
            policy = PolicyJson.read(normalise((ObjectNode) tree));
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw new PolicyException(List.of(String.valueOf(e.getMessage())));
        }
        List<String> violations = PolicyRules.violations(policy);
        if (!violations.isEmpty()) {
            throw new PolicyException(violations);
        }
        return policy;
    }

    private static JsonNode tree(String yaml) throws PolicyException {
        try {
            return YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new PolicyException(
                    List.of(
                            String.format(
                                    "not YAML: %s at line %d",
                                    e.getOriginalMessage(),
                                    e.getLocation() == null ? 0 : e.getLocation().getLineNr())));
        }
    }

    /** The same tree in canonical units, with every default written out. */
    private static ObjectNode normalise(ObjectNode root) {
        ArrayNode queries = (ArrayNode) root.required("queries");
        queries.forEach(query -> normaliseQuery((ObjectNode) query));
        INSTANTS.forEach(field -> instant(root, field));
        orDefault(root, "mode", "live");
        orDefault(root, "epoch", "P28D");
        orDefault(root, "grace", "PT10S");
        orDefault(root, "pendingAlarm", "PT1H");
        orDefault(root, "maxAhead", "PT1H");
        orDefault(root, "region", "ZZ");
        DURATIONS.forEach(field -> millis(root, field));
        orDefault(root, "semantics", Policy.SEMANTICS);
        orDefault(root, "lookbackEpochs", 0);
        orDefault(root, "finalityDepth", 0);
        orDefault(root, "quorum", root.required("nodes").size() / 2 + 1);
        if (!root.has("auditors")) {
            root.putArray("auditors");
        }
        lowerCase(root, "ledger");
        root.required("partners").forEach(partner -> normalisePartner((ObjectNode) partner));
        root.required("nodes").forEach(node -> lowerCase((ObjectNode) node, "address"));
        return root;
    }

    private static void normalisePartner(ObjectNode partner) {
        orDefault(partner, "approver", partner.required("address").textValue());
        lowerCase(partner, "address");
        lowerCase(partner, "approver");
        orDefault(partner, "partitions", 1);
        if (partner.required("partitions").intValue() > 0) {
            orDefault(partner, "dataset", partner.required("name").textValue());
        } else if (!partner.has("dataset")) {
            partner.putNull("dataset");
        }
    }

    private static void normaliseQuery(ObjectNode query) {
        if (query.required("type").textValue().equals("attribution")) {
            orDefault(query, "clickLookback", "P28D");
            orDefault(query, "viewLookback", "P1D");
            orDefault(query, "clickMinAge", "PT0S");
            orDefault(query, "viewMinAge", "PT0S");
            String model = query.required("model").textValue();
            orDefault(
                    query,
                    "touchesMax",
                    model.equals(AttributionModel.LAST_TOUCH.name()) ? 1 : TOUCHES_MAX);
            if (model.equals(AttributionModel.TIME_DECAY.name())) {
                orDefault(query, "halfLife", "P7D");
            }
            if (!query.has("clicksFirst")) {
                query.put("clicksFirst", false);
            }
        } else {
            if (!query.has("exposing")) {
                query.putNull("exposing");
            }
            orDefault(query, "cellsPerWindow", 1);
        }
        QUERY_DURATIONS.stream().filter(query::has).forEach(field -> millis(query, field));
    }

    private static void orDefault(ObjectNode node, String field, String value) {
        if (!node.has(field)) {
            node.set(field, TextNode.valueOf(value));
        }
    }

    private static void orDefault(ObjectNode node, String field, int value) {
        if (!node.has(field)) {
            node.put(field, value);
        }
    }

    private static void lowerCase(ObjectNode node, String field) {
        node.put(field, node.required(field).textValue().toLowerCase(Locale.ROOT));
    }

    private static void instant(ObjectNode node, String field) {
        Instant instant = OffsetDateTime.parse(node.required(field).textValue()).toInstant();
        long millis = instant.toEpochMilli();
        if (millis < 0 || millis > MILLIS_MAX || !instant.equals(Instant.ofEpochMilli(millis))) {
            throw new IllegalArgumentException(
                    field
                            + ": must be a whole number of milliseconds, from 1970 on and below"
                            + " 2^53");
        }
        node.put(field, millis);
    }

    private static void millis(ObjectNode node, String field) {
        Duration duration = Duration.parse(node.required(field).textValue());
        long millis = duration.toMillis();
        if (millis < 0 || millis > MILLIS_MAX || !duration.equals(Duration.ofMillis(millis))) {
            throw new IllegalArgumentException(
                    field + ": must be a whole number of milliseconds, not negative, below 2^53");
        }
        node.put(field, millis);
    }

    private static JsonSchema loadSchema() {
        try (InputStream in =
                PolicyFile.class.getResourceAsStream("/io/sealroom/schemas/policy.schema.json")) {
            if (in == null) {
                throw new IllegalStateException("policy.schema.json is part of this jar");
            }
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
