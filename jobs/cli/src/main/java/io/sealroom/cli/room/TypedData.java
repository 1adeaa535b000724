package io.sealroom.cli.room;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Word;

/** What an approver signs, in the form that wallets show and sign (EIP-712). */
final class TypedData {

    private final ObjectNode root = JsonNodeFactory.instance.objectNode();

    private TypedData(RoomLocation room, String primaryType, String... typesAndNames) {
        ObjectNode types = root.putObject("types");
        fields(
                types.putArray("EIP712Domain"),
                "string",
                "name",
                "string",
                "version",
                "uint256",
                "chainId",
                "address",
                "verifyingContract");
        fields(types.putArray(primaryType), typesAndNames);
        root.put("primaryType", primaryType);
        root.putObject("domain")
                .put("name", "Sealroom")
                .put("version", "1")
                .put("chainId", room.chainId())
                .put("verifyingContract", room.contract().hex());
    }

    static ObjectNode approval(RoomLocation room, Word configurationHash, Word keys) {
        TypedData data =
                new TypedData(
                        room,
                        "Approval",
                        "bytes32",
                        "policyHash",
                        "bytes32",
                        "configuration",
                        "bytes32",
                        "keys");
        data.root
                .putObject("message")
                .put("policyHash", room.policyHash().toString())
                .put("configuration", configurationHash.toString())
                .put("keys", keys.toString());
        return data.root;
    }

    static ObjectNode leave(RoomLocation room, String partner, long epoch) {
        TypedData data =
                new TypedData(
                        room,
                        "Leave",
                        "bytes32",
                        "partner",
                        "bytes32",
                        "policyHash",
                        "uint64",
                        "epoch");
        data.root
                .putObject("message")
                .put("partner", RoomDigests.id(partner).toString())
                .put("policyHash", room.policyHash().toString())
                .put("epoch", Long.toString(epoch));
        return data.root;
    }

    private static void fields(ArrayNode array, String... typesAndNames) {
        for (int i = 0; i < typesAndNames.length; i += 2) {
            array.addObject().put("name", typesAndNames[i + 1]).put("type", typesAndNames[i]);
        }
    }
}
