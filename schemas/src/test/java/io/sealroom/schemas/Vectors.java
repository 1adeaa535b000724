package io.sealroom.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.RoomIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The golden files. */
public final class Vectors {

    private Vectors() {}

    public static JsonNode read(String name) {
        try (InputStream in =
                Vectors.class.getResourceAsStream("/io/sealroom/schemas/vectors/" + name)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static RoomIdentity identity(JsonNode vector) {
        return new RoomIdentity(
                vector.required("chainId").longValue(),
                new Address(vector.required("contract").textValue()),
                vector.required("room").textValue(),
                bytes32(vector.required("policyHash")));
    }

    public static Bytes32 bytes32(JsonNode hex) {
        return Bytes32.fromHex(hex.textValue());
    }

    public static Bytes bytes(JsonNode hex) {
        return Bytes.fromHex(hex.textValue());
    }
}
