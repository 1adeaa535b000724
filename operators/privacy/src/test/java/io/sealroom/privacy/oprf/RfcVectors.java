package io.sealroom.privacy.oprf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.record.Token;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The P256-SHA256 vectors of RFC 9497 appendix A.3. */
final class RfcVectors {

    /**
     * One vector under one key.
     *
     * @param seed of DeriveKeyPair
     * @param info of DeriveKeyPair
     * @param publicKey null in mode 0
     * @param proof null in mode 0
     * @param nonce null in mode 0
     */
    record Vector(
            String name,
            SecretBytes seed,
            Bytes info,
            BigInteger secretKey,
            @Nullable Bytes publicKey,
            List<Bytes> inputs,
            List<BigInteger> blinds,
            List<Bytes> blindedElements,
            List<Bytes> evaluationElements,
            @Nullable Bytes proof,
            @Nullable BigInteger nonce,
            List<Token> outputs) {

        List<OprfInput> oprfInputs() {
            return inputs.stream().map(input -> OprfInput.ofBytes(input.toBytes(), 0)).toList();
        }

        List<SecretScalar> secretBlinds() {
            return blinds.stream().map(SecretScalar::of).toList();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private RfcVectors() {}

    static List<Vector> ofMode(int mode) {
        List<Vector> vectors = new ArrayList<>();
        for (JsonNode suite : read()) {
            if (suite.get("identifier").asText().equals("P256-SHA256")
                    && suite.get("mode").asInt() == mode) {
                for (JsonNode vector : suite.get("vectors")) {
                    vectors.add(vector(suite, vector, mode, vectors.size() + 1));
                }
            }
        }
        return vectors;
    }

    private static Vector vector(JsonNode suite, JsonNode node, int mode, int number) {
        @Nullable JsonNode proof = node.get("Proof");
        return new Vector(
                "mode " + mode + " vector " + number,
                SecretBytes.copyOf(hex(suite.get("seed").asText())),
                Bytes.fromHex(suite.get("keyInfo").asText()),
                scalar(suite.get("skSm").asText()),
                mode == 0 ? null : Bytes.fromHex(suite.get("pkSm").asText()),
                items(node, "Input").stream().map(Bytes::fromHex).toList(),
                items(node, "Blind").stream().map(RfcVectors::scalar).toList(),
                items(node, "BlindedElement").stream().map(Bytes::fromHex).toList(),
                items(node, "EvaluationElement").stream().map(Bytes::fromHex).toList(),
                proof == null ? null : Bytes.fromHex(proof.get("proof").asText()),
                proof == null ? null : scalar(proof.get("r").asText()),
                items(node, "Output").stream().map(RfcVectors::hex).map(Token::of).toList());
    }

    private static List<JsonNode> read() {
        try (InputStream file = RfcVectors.class.getResourceAsStream("rfc9497.json")) {
            return StreamSupport.stream(new ObjectMapper().readTree(file).spliterator(), false)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> items(JsonNode node, String field) {
        return Arrays.asList(node.get(field).asText().split(",", -1));
    }

    private static BigInteger scalar(String hex) {
        return new BigInteger(1, hex(hex));
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
