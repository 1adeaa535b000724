package io.sealroom.partner.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.partner.csv.CsvColumn;
import io.sealroom.partner.csv.CsvRejectReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonEventRulesTest {

    private static final String GOOD =
            "{\"eventId\":\"e1\",\"idType\":\"email\",\"identifier\":\"a@b\","
                    + "\"timestamp\":1767571200000,\"kind\":\"view\",\"cell\":\"news\"}";

    @Test
    void read_stringsNumbersAndNulls_becomeTheTextsOfCsv() {
        assertThat(
                        read(
                                " {\"value\": 1999, \"eventId\": 17, \"idType\":\"email\","
                                        + " \"identifier\":\"\\u00e4@b\", \"cell\": null, \"kind\":"
                                        + " \"conversion\", \"timestamp\": \"2026-01-05T00:00:00Z\"}"
                                        + " "))
                .isEqualTo(
                        new JsonEvent.Fields(
                                List.of(
                                        "17",
                                        "email",
                                        "\u00e4@b",
                                        "2026-01-05T00:00:00Z",
                                        "conversion",
                                        "",
                                        "1999")));
        assertThat(read(GOOD))
                .isEqualTo(
                        new JsonEvent.Fields(
                                List.of(
                                        "e1",
                                        "email",
                                        "a@b",
                                        "1767571200000",
                                        "view",
                                        "news",
                                        "")));
    }

    /** A double would make another number of it, and nobody would notice. */
    @Test
    void read_numberBeyondADouble_staysWhatItIs() {
        JsonEvent event = read("{\"eventId\":123456789012345678901234567890.10}");

        assertThat(((JsonEvent.Fields) event).texts().get(0))
                .isEqualTo("123456789012345678901234567890.10");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]|LINE_MALFORMED",
                "1|LINE_MALFORMED",
                "null|LINE_MALFORMED",
                "{|LINE_MALFORMED",
                "{} {}|LINE_MALFORMED",
                "{\"eventId\":\"e\"}x|LINE_MALFORMED",
                "{'eventId':'e'}|LINE_MALFORMED",
                "{\"eventId\":NaN}|LINE_MALFORMED",
                "{\"eventId\":\"e\",}|LINE_MALFORMED",
                "{\"eventId\":\"e|LINE_MALFORMED",
                "{\"email\":\"e\"}|FIELD_UNKNOWN",
                "{\"EventId\":\"e\"}|FIELD_UNKNOWN",
                "{\"event_id\":\"e\"}|FIELD_UNKNOWN",
                "{\"eventId\":\"e\",\"eventId\":\"f\"}|FIELD_REPEATED",
                "{\"eventId\":null,\"eventId\":\"f\"}|FIELD_REPEATED",
                "{\"value\":true}|FIELD_TYPE",
                "{\"value\":{}}|FIELD_TYPE",
                "{\"value\":[1]}|FIELD_TYPE",
            })
    void read_anythingElse_isBrokenWithAReason(String text, CsvRejectReason reason) {
        JsonEvent event = read(text);

        assertThat(event)
                .isInstanceOfSatisfying(
                        JsonEvent.Broken.class,
                        broken -> assertThat(broken.reason()).isEqualTo(reason));
    }

    @Test
    void read_brokenField_isNamed() {
        assertThat(read("{\"value\":true}"))
                .isEqualTo(new JsonEvent.Broken(CsvColumn.VALUE, CsvRejectReason.FIELD_TYPE));
    }

    @Test
    void read_bytesThatAreNotUtf8_areBroken() {
        assertThat(
                        JsonEventRules.read(
                                "{\"eventId\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(new JsonEvent.Broken(null, CsvRejectReason.TEXT_MALFORMED));
    }

    @Test
    void read_deepNesting_isBroken() {
        assertThat(read("{\"value\":" + "[".repeat(60_000))).isInstanceOf(JsonEvent.Broken.class);
        assertThat(read("[".repeat(60_000))).isInstanceOf(JsonEvent.Broken.class);
    }

    @Test
    void read_mutatedBytes_neverThrows() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
        int fields = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] mutated = good.clone();
            mutated[random.nextInt(good.length)] = (byte) random.nextInt(256);
            JsonEvent event = JsonEventRules.read(mutated);
            assertThat(event).as("seed %d", seed).isNotNull();
            fields += event instanceof JsonEvent.Fields ? 1 : 0;
        }
        assertThat(fields).as("seed %d", seed).isBetween(500, 19_000);
    }

    @Test
    void toString_ofFields_saysNothing() {
        assertThat(read(GOOD)).hasToString("Fields[redacted]");
    }

    private static JsonEvent read(String text) {
        return JsonEventRules.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
