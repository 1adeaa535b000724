package io.sealroom.reference.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyException;
import io.sealroom.schemas.policy.PolicyFile;

/**
 * The policy of a case: the base policy, with what the case says in place of what it has.
 *
 * @param base {@code room}, and a query of either type to start from
 */
record CasePolicy(ObjectNode base) {

    /**
     * @param room fields of the policy, or nothing
     * @param queries each with its type and the fields in which it differs
     * @throws IllegalArgumentException if that is no valid policy
     */
    Policy with(JsonNode room, JsonNode queries) {
        ObjectNode policy = base.required("room").deepCopy();
        policy.setAll(fields(room));
        ArrayNode all = policy.putArray("queries");
        for (JsonNode query : queries) {
            ObjectNode whole = base.required(query.required("type").textValue()).deepCopy();
            all.add(whole.setAll(fields(query)));
        }
        try {
            return PolicyFile.parse(policy.toString());
        } catch (PolicyException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private ObjectNode fields(JsonNode node) {
        return node instanceof ObjectNode fields ? fields : base.objectNode();
    }
}
