package io.sealroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
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
    private final JsonNode rows = read("merkle.json");
    private final JsonNode proofs = read("key-proof.json");
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
                RoomDigests.approval(
                        location,
                        word(vector.path("message"), "configuration"),
                        word(vector.path("message"), "keys")));
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
    void releases_vector_isTheGoldenOneAndItsSignature() {
        JsonNode vector = typed.path("structs").path("Releases");
        JsonNode message = vector.path("message");
        List<SignedRelease> releases = new ArrayList<>();
        for (JsonNode entry : message.path("releases")) {
            releases.add(new SignedRelease(word(entry, "query"), word(entry, "releaseHash")));
        }
        assertGolden(
                vector,
                RoomDigests.releases(
                        location,
                        message.path("start").asLong(),
                        message.path("end").asLong(),
                        releases));
    }

    @Test
    void leave_vector_isTheGoldenOneAndItsSignature() {
        JsonNode vector = typed.path("structs").path("Leave");
        JsonNode message = vector.path("message");
        assertGolden(
                vector,
                RoomDigests.leave(
                        location, word(message, "partner"), message.path("epoch").asLong()));
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
        List<Word> commitments = new ArrayList<>();
        for (JsonNode entry : hashes.path("totals")) {
            commitments.add(word(entry, "commitment"));
        }
        Word totals = RoomDigests.totalsHash(commitments);
        assertThat(totals).isEqualTo(word(hashes, "totalsHash"));
        ReleaseOffer release =
                new ReleaseOffer(
                        RoomDigests.id(hashes.path("query").asText()),
                        hashes.path("rowCount").asInt(),
                        word(hashes, "root"),
                        word(hashes, "mechanismsHash"),
                        Word.ZERO);
        assertThat(
                        RoomDigests.releaseHash(
                                location,
                                RoomDigests.id(hashes.path("room").asText()),
                                hashes.path("semantics").asInt(),
                                hashes.path("start").asLong(),
                                hashes.path("end").asLong(),
                                totals,
                                release))
                .isEqualTo(word(hashes, "releaseHash"));
    }

    @Test
    void rowLeaf_vectors_areTheGoldenOnes() {
        for (JsonNode row : rows.path("rows")) {
            ReleasedRow released =
                    new ReleasedRow(
                            row.path("index").asInt(),
                            RoomDigests.id(rows.path("query").asText()),
                            rows.path("start").asLong(),
                            rows.path("end").asLong(),
                            word(row, "cell"),
                            row.path("metric").asInt(),
                            row.path("status").asInt(),
                            new BigInteger(row.path("value").asText()),
                            word(row, "salt"));
            assertThat(RoomDigests.rowLeaf(released)).isEqualTo(word(row, "leaf"));
        }
    }

    @Test
    void keysCommitment_vector_isTheGoldenOne() {
        List<EpochKey> keys = new ArrayList<>();
        proofs.path("keys").forEach(entry -> keys.add(key(entry)));
        assertThat(
                        RoomDigests.keysCommitment(
                                RoomDigests.id(proofs.path("partner").asText()), keys))
                .isEqualTo(word(proofs, "commitment"));
    }

    @Test
    void keyProof_vectors_holdForTheirEpochAlone() {
        for (JsonNode entry : proofs.path("keys")) {
            assertThat(isValid(entry, proofs.path("partner").asText(), 0)).isTrue();
            assertThat(isValid(entry, proofs.path("partner").asText(), 1)).isFalse();
        }
        for (JsonNode entry : proofs.path("others")) {
            assertThat(isValid(entry, entry.path("partner").asText(), 0)).isTrue();
            assertThat(isValid(entry, "another", 0)).isFalse();
        }
    }

    private boolean isValid(JsonNode entry, String partner, int later) {
        Word challenge =
                RoomDigests.keyChallenge(
                        location,
                        RoomDigests.id(proofs.path("room").asText()),
                        RoomDigests.id(partner),
                        entry.path("epoch").asLong() + later,
                        key(entry),
                        word(entry, "r"));
        KeyProof proof = new KeyProof(word(entry, "r"), word(entry, "s"));
        return KeyProofRules.isValid(challenge, key(entry), proof);
    }

    private static EpochKey key(JsonNode entry) {
        return new EpochKey(word(entry, "x"), word(entry, "y"));
    }
}
