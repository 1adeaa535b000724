package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.privacy.identifier.IdentifierNormaliser;
import io.sealroom.privacy.identifier.NormalisationOutcome;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.record.IdentifierKind;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class OprfInputTest {

    private static final NormalisedIdentifier ANN =
            identifier(IdentifierKind.EMAIL, "ann@example.org");

    @Test
    void of_goldenVector_isThatOfTheProtocol() throws IOException {
        try (InputStream file =
                getClass().getResourceAsStream("/io/sealroom/schemas/vectors/derivations.json")) {
            JsonNode vectors = new ObjectMapper().readTree(file);
            JsonNode vector = vectors.get("oprfInput");

            OprfInput input =
                    OprfInput.of(
                            vectors.get("room").asText(),
                            vectors.get("epoch").asLong(),
                            identifier(
                                    IdentifierKind.valueOf(vector.get("kind").asText()),
                                    vector.get("identifier").asText()));

            assertThat(Bytes.of(input.openSecret()))
                    .isEqualTo(Bytes.fromHex(vector.get("bytes").asText()));
            assertThat(input.epoch()).isEqualTo(731);
        }
    }

    @Test
    void of_everyPart_matters() {
        byte[] input = OprfInput.of("room-a", 1, ANN).openSecret();

        assertThat(input)
                .isNotEqualTo(OprfInput.of("room-b", 1, ANN).openSecret())
                .isNotEqualTo(OprfInput.of("room-a", 2, ANN).openSecret())
                .isNotEqualTo(
                        OprfInput.of("room-a", 1, identifier(IdentifierKind.EMAIL, "bob@x.org"))
                                .openSecret())
                .isNotEqualTo(
                        OprfInput.of("room-a", 1, identifier(IdentifierKind.PHONE, "+4930123456"))
                                .openSecret());
    }

    @Test
    void of_badRoomOrEpoch_isRefused() {
        for (String room : new String[] {"", "ab", "Room", "9room", "room_a", "r".repeat(41)}) {
            assertThatIllegalArgumentException().isThrownBy(() -> OprfInput.of(room, 1, ANN));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OprfInput.of("room", -1, ANN))
                .withMessage("epoch must not be negative, got -1");
    }

    @Test
    void toString_always_isRedacted() {
        assertThat(OprfInput.of("room", 3, ANN)).hasToString("OprfInput[epoch 3, redacted]");
    }

    static NormalisedIdentifier identifier(IdentifierKind kind, String text) {
        NormalisationOutcome outcome = IdentifierNormaliser.forRegion("DE").normalise(kind, text);
        assertThat(outcome).isInstanceOf(NormalisationOutcome.Normalised.class);
        return ((NormalisationOutcome.Normalised) outcome).identifier();
    }
}
