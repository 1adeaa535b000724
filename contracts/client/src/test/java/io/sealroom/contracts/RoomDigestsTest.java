package io.sealroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The golden values that the Solidity tests read too; by path, because this module uses no other of
 * the project.
 */
final class RoomDigestsTest {

    private static final Path VECTORS =
            Path.of("../../schemas/src/main/resources/io/sealroom/schemas/vectors");

    private final JsonNode typed = read("eip712.json");
    private final JsonNode hashes = read("release-hash.json");
    private final RoomLocation location =
            new RoomLocation(
                    typed.path("chainId").asLong(),
                    new Account(typed.path("contract").asText()),
                    word(typed, "policyHash"));
    private final ChainSigner signer = ChainSigner.fromHex(typed.path("privateKey").asText());

    private static JsonNode read(String name) {
        try {
            return new ObjectMapper().readTree(VECTORS.resolve(name).toFile());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Word word(JsonNode node, String field) {
        return Word.fromHex(node.path(field).asText());
    }

    @Test
    void domainSeparator_vector_isTheGoldenOne() {
        assertThat(RoomDigests.domainSeparator(location)).isEqualTo(word(typed, "domainSeparator"));
    }

    @Test
    void approval_vector_isTheGoldenOneAndItsSignature() {
        JsonNode vector = typed.path("structs").path("Approval");
        assertGolden(
                vector,
                RoomDigests.approval(location, word(vector.path("message"), "configuration")));
    }

    @Test
    void totals_vector_isTheGoldenOneAndItsSignature() {
        JsonNode vector = typed.path("structs").path("Totals");
        JsonNode message = vector.path("message");
        assertGolden(
                vector,
                RoomDigests.totals(
                        location,
                        word(message, "partner"),
                        message.path("start").asLong(),
                        message.path("end").asLong(),
                        word(message, "commitment")));
    }

    @Test
    void release_vector_isTheGoldenOneAndItsSignature() {
        JsonNode vector = typed.path("structs").path("Release");
        JsonNode message = vector.path("message");
        assertGolden(
                vector,
                RoomDigests.release(
                        location,
                        word(message, "query"),
                        message.path("start").asLong(),
                        message.path("end").asLong(),
                        word(message, "releaseHash")));
    }

    private void assertGolden(JsonNode vector, Word digest) {
        assertThat(digest).isEqualTo(word(vector, "digest"));
        assertThat(signer.sign(digest)).hasToString(vector.path("signature").asText());
    }

    @Test
    void account_vector_isTheGoldenOne() {
        assertThat(signer.account()).hasToString(typed.path("address").asText());
    }

    @Test
    void releaseHash_vector_isTheGoldenOne() {
        List<TotalsOffer> totals = new ArrayList<>();
        for (JsonNode entry : hashes.path("totals")) {
            totals.add(new TotalsOffer(word(entry, "commitment"), Signature.NONE));
        }
        ReleaseOffer offer =
                new ReleaseOffer(
                        RoomDigests.id(hashes.path("query").asText()),
                        hashes.path("start").asLong(),
                        hashes.path("end").asLong(),
                        hashes.path("rowCount").asInt(),
                        word(hashes, "root"),
                        word(hashes, "mechanismsHash"),
                        Word.ZERO,
                        totals,
                        List.of());
        assertThat(
                        RoomDigests.releaseHash(
                                location,
                                RoomDigests.id(hashes.path("room").asText()),
                                hashes.path("semantics").asInt(),
                                offer))
                .isEqualTo(word(hashes, "releaseHash"));
    }
}
