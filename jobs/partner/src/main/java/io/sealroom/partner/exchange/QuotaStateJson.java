package io.sealroom.partner.exchange;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.partner.exchange.QuotaState.Decision;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.record.ReplyStatus;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/** How a {@link QuotaState} stands in its file. */
final class QuotaStateJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private QuotaStateJson() {}

    static byte[] write(QuotaState state) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("epoch", state.epoch()).put("used", state.used()).put("highest", state.highest());
        ArrayNode decisions = root.putArray("decisions");
        state.decisions()
                .forEach(
                        (id, decision) ->
                                decisions
                                        .addObject()
                                        .put("id", id)
                                        .put("request", decision.request().toHex())
                                        .put("status", decision.status().name()));
        return JSON.writeValueAsBytes(root);
    }

    /**
     * @throws IOException if the bytes are not a state that {@link #write} made
     */
    static QuotaState read(byte[] bytes) throws IOException {
        try {
            JsonNode root = JSON.readTree(bytes);
            SortedMap<Long, Decision> decisions = new TreeMap<>();
            for (JsonNode decision : root.required("decisions")) {
                decisions.put(
                        number(decision, "id"),
                        new Decision(
                                Bytes32.fromHex(decision.required("request").textValue()),
                                ReplyStatus.valueOf(decision.required("status").textValue())));
            }
            QuotaState state =
                    new QuotaState(
                            number(root, "epoch"),
                            number(root, "used"),
                            number(root, "highest"),
                            decisions);
            requireConsistent(state);
            return state;
        } catch (JacksonException | RuntimeException e) {
            throw new IOException("not a quota ledger", e);
        }
    }

    private static long number(JsonNode parent, String name) throws IOException {
        JsonNode value = parent.required(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IOException(name + " is no number");
        }
        return value.longValue();
    }

    private static void requireConsistent(QuotaState state) throws IOException {
        boolean decided = !state.decisions().isEmpty();
        if (state.used() < 0
                || state.decisions().size() > QuotaState.REMEMBERED_MAX
                || state.highest() != (decided ? state.decisions().lastKey() : -1)) {
            throw new IOException("contradicts itself");
        }
    }
}
