package io.sealroom.partner.exchange;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Signed records that show what a partner did. Nothing in them is secret: elements are blinded.
 * {@link EvidenceCheck} says what they prove.
 *
 * @param reason what is shown
 * @param accused name of the partner that signed it
 * @param policyHash the room's policy
 * @param publicKey OPRF public key of an accused evaluator in the epoch, 33 bytes; empty for a
 *     requester
 * @param records as they stood on the topic: a request and its reply, a request and two replies, or
 *     two requests
 */
public record Evidence(
        EvidenceReason reason,
        String accused,
        Bytes32 policyHash,
        Bytes publicKey,
        List<Bytes> records) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public Evidence {
        records = List.copyOf(records);
    }

    /** The content of an evidence file. */
    public String toJson() {
        ObjectNode root = JSON.createObjectNode();
        root.put("reason", reason.name())
                .put("accused", accused)
                .put("policyHash", policyHash.toHex())
                .put("publicKey", publicKey.toHex());
        ArrayNode hex = root.putArray("records");
        records.forEach(record -> hex.add(record.toHex()));
        return root.toPrettyString() + "\n";
    }

    /**
     * @throws IOException if it is not an evidence file
     */
    public static Evidence parse(String json) throws IOException {
        try {
            JsonNode root = JSON.readTree(json.getBytes(StandardCharsets.UTF_8));
            List<Bytes> records = new ArrayList<>();
            root.required("records").forEach(hex -> records.add(Bytes.fromHex(hex.textValue())));
            return new Evidence(
                    EvidenceReason.valueOf(root.required("reason").textValue()),
                    root.required("accused").textValue(),
                    Bytes32.fromHex(root.required("policyHash").textValue()),
                    Bytes.fromHex(root.required("publicKey").textValue()),
                    records);
        } catch (JacksonException | RuntimeException e) {
            throw new IOException("not an evidence file", e);
        }
    }
}
