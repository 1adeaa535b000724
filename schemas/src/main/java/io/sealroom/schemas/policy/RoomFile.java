package io.sealroom.schemas.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.RoomIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a room lives and which OPRF public keys its partners use: the small public JSON file that
 * agents and nodes get beside the policy.
 *
 * @param chainId EIP-155 chain id
 * @param contract the Room's address
 * @param deploymentBlock block from which its events are read
 * @param oprfKeys by partner, then by epoch: compressed P-256 public key of 33 bytes
 */
public record RoomFile(
        long chainId,
        Address contract,
        long deploymentBlock,
        SortedMap<String, SortedMap<Long, Bytes>> oprfKeys) {

    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /** What signatures and hashes under the given policy bind. */
    public RoomIdentity identity(Policy policy) {
        return new RoomIdentity(chainId, contract, policy.room(), policy.hash());
    }

    /**
     * @throws IOException if the file cannot be read or is not a room file
     */
    public static RoomFile read(Path file) throws IOException {
        return parse(Files.readString(file, StandardCharsets.UTF_8));
    }

    /**
     * @throws IOException if the text is not a room file
     */
    public static RoomFile parse(String json) throws IOException {
        try {
            JsonNode root = MAPPER.readTree(json);
            SortedMap<String, SortedMap<Long, Bytes>> keys = new TreeMap<>();
            for (Map.Entry<String, JsonNode> partner : root.required("oprfKeys").properties()) {
                SortedMap<Long, Bytes> epochs = new TreeMap<>();
                for (Map.Entry<String, JsonNode> epoch : partner.getValue().properties()) {
                    long index = Long.parseLong(epoch.getKey());
                    Bytes key = Bytes.fromHex(epoch.getValue().textValue());
                    if (epochs.put(index, key) != null) {
                        throw new IOException("not a room file: epoch " + index + " stands twice");
                    }
                }
                keys.put(partner.getKey(), epochs);
            }
            return new RoomFile(
                    notNegative(root, "chainId"),
                    new Address(root.required("contract").textValue()),
                    notNegative(root, "deploymentBlock"),
                    keys);
        } catch (JsonProcessingException | RuntimeException e) {
            throw new IOException("not a room file", e);
        }
    }

    /** Jackson's own longValue() makes 0 of a text. */
    private static long notNegative(JsonNode root, String field) {
        JsonNode value = root.required(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new IllegalArgumentException(field + " must be an integer, not negative");
        }
        return value.longValue();
    }

    public String toJson() {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("chainId", chainId).put("contract", contract.hex());
        root.put("deploymentBlock", deploymentBlock);
        ObjectNode keys = root.putObject("oprfKeys");
        oprfKeys.forEach(
                (partner, epochs) -> {
                    ObjectNode node = keys.putObject(partner);
                    epochs.forEach((epoch, key) -> node.put(Long.toString(epoch), key.toHex()));
                });
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can be written", e);
        }
    }
}
