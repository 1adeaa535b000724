package io.sealroom.schemas.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.record.IdentifierKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;

/**
 * The canonical JSON of a policy: every field present, times as integers of milliseconds, decimals
 * as strings, absent options as null.
 */
final class PolicyJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PolicyJson() {}

    static String canonical(Policy policy) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("room", policy.room());
        root.put("semantics", policy.semantics());
        root.put("mode", policy.mode().name().toLowerCase(Locale.ROOT));
        root.put("start", policy.startMillis());
        root.put("end", policy.endMillis());
        root.put("slice", policy.sliceMillis());
        root.put("epoch", policy.epochMillis());
        root.put("maxAhead", policy.maxAheadMillis());
        root.put("grace", policy.graceMillis());
        root.put("lookbackEpochs", policy.lookbackEpochs());
        root.put("region", policy.region());
        root.put("finalityDepth", policy.finalityDepth());
        root.put("pendingAlarm", policy.pendingAlarmMillis());
        root.put("quota", policy.quota());
        root.put("quorum", policy.quorum());
        root.put("ledger", policy.ledger().hex());
        ArrayNode partners = root.putArray("partners");
        for (Partner partner : policy.partners()) {
            partners.addObject()
                    .put("name", partner.name())
                    .put("address", partner.address().hex())
                    .put("approver", partner.approver().hex())
                    .put("dataset", partner.dataset())
                    .put("partitions", partner.partitions());
        }
        ArrayNode nodes = root.putArray("nodes");
        for (Node node : policy.nodes()) {
            nodes.addObject()
                    .put("name", node.name())
                    .put("address", node.address().hex())
                    .put("hpkePublicKey", node.hpkePublicKey().toHex());
        }
        ArrayNode auditors = root.putArray("auditors");
        for (Auditor auditor : policy.auditors()) {
            auditors.addObject()
                    .put("name", auditor.name())
                    .put("hpkePublicKey", auditor.hpkePublicKey().toHex());
        }
        policy.cells().forEach(root.putArray("cells")::add);
        ArrayNode queries = root.putArray("queries");
        policy.queries().forEach(query -> queries.add(write(query)));
        try {
            return new JsonCanonicalizer(MAPPER.writeValueAsString(root)).getEncodedString();
        } catch (IOException e) {
            throw new IllegalStateException("a JSON tree has a canonical form", e);
        }
    }

    static Policy fromCanonical(String json) {
        Policy policy;
        try {
            policy = PolicyFile.policy(asFile((ObjectNode) MAPPER.readTree(json)));
        } catch (JsonProcessingException | PolicyException | RuntimeException e) {
            throw new IllegalArgumentException("json must be a canonical policy", e);
        }
        if (!canonical(policy).equals(json)) {
            throw new IllegalArgumentException("json must be the canonical form of a valid policy");
        }
        return policy;
    }

    /**
     * The tree as a file would have it, so that one schema and one set of rules judges both. What
     * this cannot turn into a file is no policy either: the result is compared with the original.
     */
    private static ObjectNode asFile(ObjectNode root) {
        for (String field : PolicyFile.INSTANTS) {
            root.put(field, Instant.ofEpochMilli(root.required(field).longValue()).toString());
        }
        PolicyFile.DURATIONS.forEach(field -> asDuration(root, field));
        // A file leaves out what it does not have or ask for.
        root.required("partners").forEach(partner -> removeNulls((ObjectNode) partner));
        for (JsonNode item : root.required("queries")) {
            ObjectNode query = (ObjectNode) item;
            PolicyFile.QUERY_DURATIONS.stream()
                    .filter(query::has)
                    .forEach(field -> asDuration(query, field));
            removeNulls(query);
            removeNulls((ObjectNode) query.required("epsilon"));
        }
        return root;
    }

    private static void removeNulls(ObjectNode node) {
        node.properties().removeIf(entry -> entry.getValue().isNull());
    }

    private static void asDuration(ObjectNode node, String field) {
        node.put(field, Duration.ofMillis(node.required(field).longValue()).toString());
    }

    /** Reads a tree that has every field in canonical units. */
    static Policy read(JsonNode root) {
        return new Policy(
                text(root, "room"),
                root.required("semantics").intValue(),
                Mode.valueOf(text(root, "mode").toUpperCase(Locale.ROOT)),
                root.required("start").longValue(),
                root.required("end").longValue(),
                root.required("slice").longValue(),
                root.required("epoch").longValue(),
                root.required("maxAhead").longValue(),
                root.required("grace").longValue(),
                root.required("lookbackEpochs").intValue(),
                text(root, "region"),
                root.required("finalityDepth").intValue(),
                root.required("pendingAlarm").longValue(),
                root.required("quota").longValue(),
                root.required("quorum").intValue(),
                new Address(text(root, "ledger")),
                items(root, "partners")
                        .map(
                                item ->
                                        new Partner(
                                                text(item, "name"),
                                                new Address(text(item, "address")),
                                                new Address(text(item, "approver")),
                                                item.required("dataset").textValue(),
                                                item.required("partitions").intValue()))
                        .toList(),
                items(root, "nodes")
                        .map(
                                item ->
                                        new Node(
                                                text(item, "name"),
                                                new Address(text(item, "address")),
                                                Bytes32.fromHex(text(item, "hpkePublicKey"))))
                        .toList(),
                items(root, "auditors")
                        .map(
                                item ->
                                        new Auditor(
                                                text(item, "name"),
                                                Bytes32.fromHex(text(item, "hpkePublicKey"))))
                        .toList(),
                texts(root, "cells"),
                items(root, "queries").map(PolicyJson::readQuery).toList());
    }

    private static ObjectNode write(Query query) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("name", query.name());
        node.put("identifierKind", query.identifierKind().name());
        node.put("window", query.windowMillis());
        node.put("threshold", query.threshold());
        if (query instanceof OverlapQuery overlap) {
            node.put("type", "overlap");
            overlap.partners().forEach(node.putArray("partners")::add);
            node.put("exposing", overlap.exposing());
            node.put("windowsPerEpoch", overlap.windowsPerEpoch());
            node.put("cellsPerWindow", overlap.cellsPerWindow());
            Map<String, @Nullable Loss> losses = new LinkedHashMap<>();
            losses.put("total", overlap.total());
            losses.put("reach", overlap.reach());
            losses.put("cells", overlap.cells());
            write(losses, overlap.caps(), node);
        } else if (query instanceof AttributionQuery attribution) {
            node.put("type", "attribution");
            node.put("model", attribution.model().name());
            attribution.exposures().forEach(node.putArray("exposures")::add);
            node.put("conversions", attribution.conversions());
            node.put("clickLookback", attribution.clickLookbackMillis());
            node.put("viewLookback", attribution.viewLookbackMillis());
            node.put("clickMinAge", attribution.clickMinAgeMillis());
            node.put("viewMinAge", attribution.viewMinAgeMillis());
            node.put("clicksFirst", attribution.clicksFirst());
            node.put("touchesMax", attribution.touchesMax());
            node.put("conversionsPerEpoch", attribution.conversionsPerEpoch());
            node.put("valueMax", attribution.valueMax());
            if (attribution.model() == AttributionModel.TIME_DECAY) {
                node.put("halfLife", attribution.halfLifeMillis());
            }
            Map<String, @Nullable Loss> losses = new LinkedHashMap<>();
            losses.put("count", attribution.count());
            losses.put("value", attribution.value());
            if (attribution.converters() != null) {
                losses.put("converters", attribution.converters());
            }
            write(losses, attribution.caps(), node);
        }
        return node;
    }

    /**
     * Writes epsilon and rho. What a policy of the first version could not have is written only
     * where it is there, so that the hash of a room that is running stays what it is.
     */
    private static void write(
            Map<String, @Nullable Loss> losses, @Nullable Loss caps, ObjectNode node) {
        ObjectNode epsilon = node.putObject("epsilon");
        ObjectNode rho = MAPPER.createObjectNode();
        losses.forEach(
                (family, loss) -> {
                    if (loss == null || loss.measure() == Loss.Measure.EPSILON) {
                        epsilon.put(family, loss == null ? null : decimal(loss.amount()));
                    } else {
                        epsilon.putNull(family);
                        rho.put(family, decimal(loss.amount()));
                    }
                });
        if (caps != null) {
            (caps.measure() == Loss.Measure.EPSILON ? epsilon : rho)
                    .put("caps", decimal(caps.amount()));
        }
        if (!rho.isEmpty()) {
            node.set("rho", rho);
        }
    }

    private static Query readQuery(JsonNode node) {
        IdentifierKind kind = IdentifierKind.valueOf(text(node, "identifierKind"));
        if (text(node, "type").equals("overlap")) {
            JsonNode exposing = node.required("exposing");
            return new OverlapQuery(
                    text(node, "name"),
                    kind,
                    node.required("window").longValue(),
                    texts(node, "partners"),
                    exposing.isNull() ? null : exposing.textValue(),
                    node.required("windowsPerEpoch").intValue(),
                    node.required("cellsPerWindow").intValue(),
                    node.required("threshold").longValue(),
                    loss(node, "total"),
                    optionalLoss(node, "reach"),
                    optionalLoss(node, "cells"),
                    optionalLoss(node, "caps"));
        }
        return new AttributionQuery(
                text(node, "name"),
                kind,
                node.required("window").longValue(),
                AttributionModel.valueOf(text(node, "model")),
                texts(node, "exposures"),
                text(node, "conversions"),
                node.required("clickLookback").longValue(),
                node.required("viewLookback").longValue(),
                node.required("clickMinAge").longValue(),
                node.required("viewMinAge").longValue(),
                node.required("clicksFirst").booleanValue(),
                node.required("touchesMax").intValue(),
                node.required("conversionsPerEpoch").intValue(),
                node.required("valueMax").longValue(),
                node.required("threshold").longValue(),
                node.path("halfLife").longValue(),
                loss(node, "count"),
                optionalLoss(node, "value"),
                optionalLoss(node, "converters"),
                optionalLoss(node, "caps"));
    }

    private static String decimal(BigDecimal value) {
        return value.toPlainString();
    }

    private static Loss loss(JsonNode query, String family) {
        Loss loss = optionalLoss(query, family);
        if (loss == null) {
            throw new IllegalArgumentException(
                    String.format(
                            "query %s: epsilon.%s or rho.%s must be there",
                            text(query, "name"), family, family));
        }
        return loss;
    }

    private static @Nullable Loss optionalLoss(JsonNode query, String family) {
        JsonNode epsilon = query.path("epsilon").path(family);
        JsonNode rho = query.path("rho").path(family);
        if (epsilon.isTextual() && rho.isTextual()) {
            throw new IllegalArgumentException(
                    String.format(
                            "query %s: %s has an epsilon and a rho, but only one noise",
                            text(query, "name"), family));
        }
        JsonNode amount = rho.isTextual() ? rho : epsilon;
        if (!amount.isTextual()) {
            return null;
        }
        BigDecimal decimal = new BigDecimal(amount.textValue());
        if (decimal.signum() <= 0) {
            throw new IllegalArgumentException(
                    String.format(
                            "query %s: %s.%s must be positive",
                            text(query, "name"), rho.isTextual() ? "rho" : "epsilon", family));
        }
        return new Loss(rho.isTextual() ? Loss.Measure.RHO : Loss.Measure.EPSILON, decimal);
    }

    private static String text(JsonNode node, String field) {
        return node.required(field).textValue();
    }

    private static List<String> texts(JsonNode node, String field) {
        return items(node, field).map(JsonNode::textValue).toList();
    }

    private static java.util.stream.Stream<JsonNode> items(JsonNode node, String field) {
        return StreamSupport.stream(node.required(field).spliterator(), false);
    }
}
