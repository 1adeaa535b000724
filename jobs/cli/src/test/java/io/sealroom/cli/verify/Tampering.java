package io.sealroom.cli.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseJson;
import io.sealroom.schemas.release.ReleaseJsonException;
import java.util.function.Consumer;

/** What somebody between a node and a consumer may do to a release. */
@SuppressWarnings("ImmutableEnumChecker") // The changes hold nothing.
enum Tampering {
    VALUE_CHANGED(release -> row(release, 1).put("value", "1008")),
    VALUES_OF_TWO_ROWS_SWAPPED(
            release -> {
                JsonNode first = row(release, 0).required("value");
                row(release, 0).set("value", row(release, 1).required("value"));
                row(release, 1).set("value", first);
            }),
    SALTS_OF_TWO_ROWS_SWAPPED(
            release -> {
                JsonNode first = row(release, 0).required("salt");
                row(release, 0).set("salt", row(release, 1).required("salt"));
                row(release, 1).set("salt", first);
            }),
    ROW_DROPPED(release -> rows(release).remove(rows(release).size() - 1)),
    FIRST_ROW_DROPPED(release -> rows(release).remove(0)),
    ALL_ROWS_DROPPED(release -> rows(release).removeAll()),
    ROW_REPEATED(release -> rows(release).add(row(release, 1).deepCopy())),
    ROW_ADDED(
            release ->
                    rows(release)
                            .add(row(release, 1).deepCopy().put("index", rows(release).size()))),
    ROWS_EXCHANGED(
            release -> {
                JsonNode first = row(release, 0);
                rows(release).set(0, row(release, 1));
                rows(release).set(1, first);
            }),
    SUPPRESSED_ROW_SHOWN(
            release ->
                    rows(release)
                            .forEach(
                                    row -> {
                                        if (row.required("status")
                                                .textValue()
                                                .equals("SUPPRESSED")) {
                                            ((ObjectNode) row).put("status", "OK");
                                        }
                                    })),
    NOISE_CHANGED(
            release ->
                    ((ObjectNode) release.required("mechanisms").get(0))
                            .put("scaleDenominator", "3")),
    COMMITMENT_CHANGED(
            release ->
                    ((ObjectNode) release.required("totals").get(0))
                            .set("commitment", release.required("root"))),
    PARTNERS_EXCHANGED(
            release -> {
                ArrayNode totals = (ArrayNode) release.required("totals");
                JsonNode first = totals.get(0).required("partner");
                ((ObjectNode) totals.get(0)).set("partner", totals.get(1).required("partner"));
                ((ObjectNode) totals.get(1)).set("partner", first);
            }),
    WINDOW_MOVED(
            release ->
                    release.put("start", "2026-01-05T02:00:00Z")
                            .put("end", "2026-01-05T03:00:00Z")),
    WINDOW_STRETCHED(release -> release.put("end", "2026-01-05T02:00:00Z")),
    QUERY_RENAMED(release -> release.put("query", "email-reach")),
    ROOM_RENAMED(release -> release.put("room", "autumn-campaign")),
    SEMANTICS_CHANGED(release -> release.put("semantics", 2)),
    CHAIN_CHANGED(release -> release.put("chainId", 1)),
    CONTRACT_CHANGED(release -> release.put("contract", "0x" + "11".repeat(20))),
    POLICY_CHANGED(release -> release.set("policyHash", release.required("root")));

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Consumer<ObjectNode> change;

    Tampering(Consumer<ObjectNode> change) {
        this.change = change;
    }

    /** Leaves the stated root and hash as they are on chain. */
    String applied(String line) {
        try {
            ObjectNode release = (ObjectNode) MAPPER.readTree(line);
            change.accept(release);
            return release.toString();
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * States the root and hash of what it has made, so that the release is consistent in itself.
     */
    String appliedWithItsHashes(String line) throws ReleaseJsonException {
        String tampered = applied(line);
        Release release = ReleaseJson.parse(tampered, 1);
        return release.pending().document().rows().isEmpty()
                ? tampered
                : ReleaseJson.line(
                        new Release(
                                PendingRelease.of(release.pending().document()),
                                release.receipt()));
    }

    private static ArrayNode rows(ObjectNode release) {
        return (ArrayNode) release.required("rows");
    }

    private static ObjectNode row(ObjectNode release, int position) {
        return (ObjectNode) rows(release).get(position);
    }
}
