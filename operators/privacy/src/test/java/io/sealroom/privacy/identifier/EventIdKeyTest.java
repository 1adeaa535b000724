package io.sealroom.privacy.identifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.record.EventId;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class EventIdKeyTest {

    private static final EventIdKey KEY = new EventIdKey(SecretBytes.copyOf(new byte[32]));

    @Test
    void derive_goldenVector_isThatOfTheProtocol() throws IOException {
        try (InputStream file =
                getClass().getResourceAsStream("/io/sealroom/schemas/vectors/derivations.json")) {
            JsonNode vector = new ObjectMapper().readTree(file).get("eventId");
            byte[] key = Bytes.fromHex(vector.get("eventKey").asText()).toBytes();

            assertThat(new EventIdKey(SecretBytes.copyOf(key)).derive(vector.get("event").asText()))
                    .contains(EventId.of(Bytes.fromHex(vector.get("id").asText()).toBytes()));
        }
    }

    @Test
    void derive_otherIdOrKey_differs() {
        EventIdKey other = new EventIdKey(SecretBytes.copyOf(new byte[33]));
        byte[] bytes = new byte[32];
        bytes[0] = 1;

        assertThat(KEY.derive("order-1")).isEqualTo(KEY.derive("order-1"));
        assertThat(KEY.derive("order-1")).isNotEqualTo(KEY.derive("order-2"));
        assertThat(KEY.derive("order-1"))
                .isNotEqualTo(new EventIdKey(SecretBytes.copyOf(bytes)).derive("order-1"));
        assertThat(other.derive("Order-1")).isNotEqualTo(other.derive("order-1"));
    }

    @Test
    void derive_emptyOrWithoutUtf8_givesNothing() {
        assertThat(KEY.derive("")).isEmpty();
        assertThat(KEY.derive("order-\ud800")).isEmpty();
    }

    @Test
    void construct_shortKey_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EventIdKey(SecretBytes.copyOf(new byte[31])))
                .withMessage("key must have at least 32 bytes, got 31");
    }

    @Test
    void toString_always_isRedacted() {
        assertThat(KEY).hasToString("EventIdKey[redacted]");
    }
}
