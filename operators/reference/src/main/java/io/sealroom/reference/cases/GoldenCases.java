package io.sealroom.reference.cases;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sealroom.reference.HistoryEvent;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the files of this package; {@code README.md} beside them says how one is written. */
public final class GoldenCases {

    /** The files, each with the cases of one topic. */
    public static final List<String> TOPICS =
            List.of(
                    "eligible",
                    "order",
                    "models",
                    "remainders",
                    "duplicates",
                    "caps",
                    "windows",
                    "bursts",
                    "converters",
                    "partners",
                    "overlap",
                    "queries",
                    "epochs");

    private static final ObjectMapper YAML =
            YAMLMapper.builder(
                            YAMLFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private static final Set<String> FIELDS =
            Set.of("name", "why", "room", "queries", "events", "rows");

    private final CasePolicy base = new CasePolicy((ObjectNode) read("base-policy.yaml"));

    private GoldenCases() {}

    /**
     * All cases, in the order of the files.
     *
     * @throws IllegalArgumentException if a file says what cannot be read
     */
    public static List<GoldenCase> all() {
        GoldenCases cases = new GoldenCases();
        return TOPICS.stream().flatMap(topic -> cases.of(topic).stream()).toList();
    }

    private List<GoldenCase> of(String topic) {
        List<GoldenCase> cases = new ArrayList<>();
        for (JsonNode node : read(topic + ".yaml")) {
            String name = topic + "/" + node.required("name").textValue();
            node.fieldNames()
                    .forEachRemaining(
                            field -> {
                                if (!FIELDS.contains(field)) {
                                    throw new IllegalArgumentException(
                                            name + ": a case has no " + field);
                                }
                            });
            try {
                cases.add(of(name, node));
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
            }
        }
        return cases;
    }

    private GoldenCase of(String name, JsonNode node) {
        Policy policy = base.with(node.path("room"), node.required("queries"));
        EventLine events = new EventLine(policy);
        List<HistoryEvent> history =
                node.required("events").textValue().lines().map(events::read).toList();
        RowLines rows = new RowLines(policy);
        node.required("rows").textValue().lines().forEach(rows::read);
        return new GoldenCase(
                name, node.required("why").textValue(), policy, history, rows.totals());
    }

    private static JsonNode read(String file) {
        try (InputStream in = GoldenCases.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is part of this jar");
            }
            return YAML.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
