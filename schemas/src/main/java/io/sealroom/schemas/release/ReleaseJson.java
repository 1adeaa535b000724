package io.sealroom.schemas.release;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.schemas.hash.RoomIdentity;
import java.io.IOException;
import java.time.Instant;

/**
 * The form in which releases are handed on: one JSON object a line, fields in a fixed order.
 *
 * <p>Hashes, addresses and signatures are lower-case hex with {@code 0x}; times ISO-8601 instants
 * in UTC; metrics and statuses their names; values, scales and thresholds decimal digits in a text,
 * because many readers of JSON keep 53 bits only. {@link #parse} takes what {@link #line} writes
 * and nothing else: exactly these fields, each once (in any order), each value in its one form.
 */
public final class ReleaseJson {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private ReleaseJson() {}

    /** The release as one line, without the line's end. */
    public static String line(Release release) {
        try {
            return MAPPER.writeValueAsString(node(release));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can be written", e);
        }
    }

    /**
     * Reads one line back.
     *
     * @param lineNumber for the exception, from 1
     * @throws ReleaseJsonException if it is not a release in this form; whether its hashes are
     *     right is for {@link ReleaseRules} to say
     */
    public static Release parse(String line, long lineNumber) throws ReleaseJsonException {
        return ReleaseJsonReader.release(
                ReleaseJsonObject.of(
                        tree(line, lineNumber), lineNumber, "", ReleaseJsonReader.RELEASE));
    }

    private static JsonNode tree(String line, long lineNumber) throws ReleaseJsonException {
        // The causes are left out: their messages quote the line.
        try (JsonParser parser = MAPPER.createParser(line)) {
            JsonNode tree = MAPPER.readTree(parser);
            if (tree == null) {
                throw new ReleaseJsonException(lineNumber, "", "is empty");
            }
            if (parser.nextToken() != null) {
                throw new ReleaseJsonException(lineNumber, "", "goes on after the release");
            }
            return tree;
        } catch (MismatchedInputException e) {
            throw new ReleaseJsonException(lineNumber, "", "has a field twice");
        } catch (IOException e) {
            throw new ReleaseJsonException(lineNumber, "", "is not JSON");
        }
    }

    private static ObjectNode node(Release release) {
        PendingRelease pending = release.pending();
        ReleaseDocument document = pending.document();
        RoomIdentity identity = document.identity();
        ObjectNode root = MAPPER.createObjectNode();
        root.put("room", identity.room())
                .put("chainId", identity.chainId())
                .put("contract", identity.contract().hex())
                .put("policyHash", identity.policyHash().toHex())
                .put("semantics", document.semantics())
                .put("query", document.query())
                .put("start", Instant.ofEpochMilli(document.start()).toString())
                .put("end", Instant.ofEpochMilli(document.end()).toString());
        var rows = root.putArray("rows");
        document.rows().forEach(row -> put(row, rows.addObject()));
        var mechanisms = root.putArray("mechanisms");
        document.mechanisms().forEach(entry -> put(entry, mechanisms.addObject()));
        var totals = root.putArray("totals");
        document.totals().forEach(entry -> put(entry, totals.addObject()));
        root.put("root", pending.root().toHex()).put("releaseHash", pending.releaseHash().toHex());
        put(release.receipt(), root.putObject("receipt"));
        return root;
    }

    private static void put(ReleaseRow row, ObjectNode node) {
        node.put("index", row.key().index())
                .put("metric", row.key().metric().name())
                .put("label", row.key().label())
                .put("cell", row.key().cell().toHex())
                .put("status", row.status().name())
                .put("value", row.value().toString())
                .put("salt", row.salt().toHex());
    }

    private static void put(MechanismEntry entry, ObjectNode node) {
        node.put("metric", entry.metric().name())
                .put("mechanism", entry.mechanism())
                .put("scaleNumerator", entry.scaleNumerator().toString())
                .put("scaleDenominator", entry.scaleDenominator().toString())
                .put("threshold", entry.threshold().toString());
    }

    private static void put(TotalsEntry entry, ObjectNode node) {
        node.put("partner", entry.partner())
                .put("commitment", entry.commitment().toHex())
                .put("signature", entry.signature().toHex());
    }

    private static void put(Receipt receipt, ObjectNode node) {
        node.put("transaction", receipt.transaction().toHex())
                .put("blockNumber", receipt.blockNumber())
                .put("blockHash", receipt.blockHash().toHex());
    }
}
