package io.sealroom.schemas.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.schemas.record.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseJsonTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String LINE = ReleaseJson.line(Samples.release());

    private static ObjectNode tree() {
        try {
            return (ObjectNode) MAPPER.readTree(LINE);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static ReleaseJsonException refused(String line) {
        ReleaseJsonException refusal =
                catchThrowableOfType(ReleaseJsonException.class, () -> ReleaseJson.parse(line, 7));
        assertThat(refusal).as("refusal").isNotNull();
        assertThat(refusal.line()).isEqualTo(7);
        assertThat(refusal).hasNoCause().hasMessageStartingWith("line 7: ");
        return refusal;
    }

    private static String replaced(String from, String to) {
        assertThat(LINE).contains(from);
        return LINE.replace(from, to);
    }

    @Test
    void parse_whatLineWrote_isTheRelease() throws ReleaseJsonException {
        assertThat(ReleaseJson.parse(LINE, 1)).isEqualTo(Samples.release());
        assertThat(ReleaseJson.line(ReleaseJson.parse(LINE, 1))).isEqualTo(LINE);
        assertThat(LINE).doesNotContain("\n");
    }

    @Test
    void line_sample_fieldsInOrder() {
        ObjectNode tree = tree();
        assertThat(names(tree))
                .containsExactly(
                        "room",
                        "chainId",
                        "contract",
                        "policyHash",
                        "semantics",
                        "query",
                        "start",
                        "end",
                        "rows",
                        "mechanisms",
                        "totals",
                        "root",
                        "releaseHash",
                        "receipt");
        assertThat(names(tree.required("rows").get(0)))
                .containsExactly("index", "metric", "label", "cell", "status", "value", "salt");
        assertThat(names(tree.required("mechanisms").get(0)))
                .containsExactly(
                        "metric", "mechanism", "scaleNumerator", "scaleDenominator", "threshold");
        assertThat(names(tree.required("totals").get(0)))
                .containsExactly("partner", "commitment", "signature");
        assertThat(names(tree.required("receipt")))
                .containsExactly("transaction", "blockNumber", "blockHash");
        assertThat(tree.required("start").textValue()).isEqualTo("2026-01-05T00:00:00Z");
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void parse_anyFieldMissing_refusedWithItsPlace() {
        for (String name : names(tree())) {
            ObjectNode without = tree();
            without.remove(name);
            assertThat(refused(without.toString()).field()).isEqualTo(name);
        }
        for (String list : List.of("rows", "mechanisms", "totals")) {
            for (String name : names(tree().required(list).get(1))) {
                ObjectNode without = tree();
                ((ObjectNode) without.required(list).get(1)).remove(name);
                assertThat(refused(without.toString()).field()).isEqualTo(list + "[1]." + name);
            }
        }
        for (String name : names(tree().required("receipt"))) {
            ObjectNode without = tree();
            ((ObjectNode) without.required("receipt")).remove(name);
            assertThat(refused(without.toString()).field()).isEqualTo("receipt." + name);
        }
    }

    @Test
    void parse_anyFieldOfAnotherType_refusedWithItsPlace() {
        for (String name : names(tree())) {
            for (JsonNode wrong :
                    List.of(MAPPER.nullNode(), MAPPER.getNodeFactory().booleanNode(true))) {
                ObjectNode changed = tree();
                changed.set(name, wrong);
                assertThat(refused(changed.toString()).field()).isEqualTo(name);
            }
        }
        for (String name : names(tree().required("rows").get(2))) {
            ObjectNode changed = tree();
            ((ObjectNode) changed.required("rows").get(2)).putArray(name);
            assertThat(refused(changed.toString()).field()).isEqualTo("rows[2]." + name);
        }
        ObjectNode changed = tree();
        ((ArrayNode) changed.required("rows")).set(3, "a row");
        assertThat(refused(changed.toString()).field()).isEqualTo("rows[3]");
    }

    @Test
    void parse_unknownField_refusedWithoutItsName() {
        ObjectNode top = tree();
        top.put("surprise", 1);
        assertThat(refused(top.toString()).getMessage()).doesNotContain("surprise");
        ObjectNode row = tree();
        ((ObjectNode) row.required("rows").get(4)).put("surprise", 1);
        ReleaseJsonException refusal = refused(row.toString());
        assertThat(refusal.field()).isEqualTo("rows[4]");
        assertThat(refusal.getMessage()).doesNotContain("surprise");
    }

    @Test
    void parse_fieldTwice_refused() {
        assertThat(refused(replaced("{\"room\"", "{\"semantics\":1,\"room\"")))
                .hasMessage("line 7: has a field twice");
        assertThat(refused(replaced("{\"index\":1,", "{\"index\":1,\"index\":1,")))
                .hasMessage("line 7: has a field twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[]", "7", "secret", "{\"room\":secret}"})
    void parse_notAnObject_refusedWithoutContent(String line) {
        assertThat(refused(line).getMessage()).doesNotContain("secret");
    }

    @Test
    void parse_moreAfterTheRelease_refused() {
        assertThat(refused(LINE + LINE)).hasMessage("line 7: goes on after the release");
        assertThat(refused(LINE + "]")).hasMessage("line 7: is not JSON");
    }

    /** One value has one form, so that a file has no two spellings. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "start | \"start\":\"2026-01-05T00:00:00Z\" | \"start\":\"2026-01-05T00:00:00.0Z\"",
                "start | \"start\":\"2026-01-05T00:00:00Z\" | \"start\":\"2026-01-05T01:00:00+01:00\"",
                "start | \"start\":\"2026-01-05T00:00:00Z\" | \"start\":\"1969-01-05T00:00:00Z\"",
                "start | \"start\":\"2026-01-05T00:00:00Z\" | \"start\":\"2026-01-05T00:00:00.0001Z\"",
                "start | \"start\":\"2026-01-05T00:00:00Z\" | \"start\":\"yesterday\"",
                "rows[0].value | \"value\":\"1234\" | \"value\":1234",
                "rows[0].value | \"value\":\"1234\" | \"value\":\"01234\"",
                "rows[0].value | \"value\":\"1234\" | \"value\":\"+1234\"",
                "rows[0].value | \"value\":\"1234\" | \"value\":\"-0\"",
                "rows[0].value | \"value\":\"1234\" | \"value\":\"1e3\"",
                "rows[0].metric | \"metric\":\"OVERLAP_TOTAL\",\"label\" | \"metric\":\"overlap_total\",\"label\"",
                "rows[0].status | \"status\":\"OK\",\"value\":\"1234\" | \"status\":\"0\",\"value\":\"1234\"",
                "rows[0].label | \"label\":\"\" | \"label\":\"everybody\"",
                "rows[3].label | \"label\":\"news\" | \"label\":\"News\"",
                "rows[1].index | \"index\":1 | \"index\":1.0",
                "rows[1].index | \"index\":1 | \"index\":-1",
                "rows[1].index | \"index\":1 | \"index\":4294967297",
                "chainId | \"chainId\": | \"chainId\":18446744073709551616",
                "query | \"query\":\"email-overlap\" | \"query\":\"email\\u001boverlap\"",
            })
    void parse_otherForm_refused(String field, String from, String to) {
        assertThat(refused(replaced(from, to)).field()).isEqualTo(field);
    }

    @Test
    void parse_numbersBeyondTheirWords_refused() {
        String beyond = "1" + "0".repeat(79);
        assertThat(refused(replaced("\"value\":\"1234\"", "\"value\":\"" + beyond + "\"")).field())
                .isEqualTo("rows[0].value");
        ObjectNode changed = tree();
        ((ObjectNode) changed.required("mechanisms").get(0)).put("threshold", beyond);
        assertThat(refused(changed.toString()).field()).isEqualTo("mechanisms[0].threshold");
    }

    @ParameterizedTest
    @CsvSource({"mechanism,0", "mechanism,3", "scaleNumerator,0", "scaleDenominator,0"})
    void parse_noNoise_refused(String field, String value) {
        ObjectNode changed = tree();
        ObjectNode entry = (ObjectNode) changed.required("mechanisms").get(1);
        if (field.equals("mechanism")) {
            entry.put(field, Integer.parseInt(value));
        } else {
            entry.put(field, value);
        }
        assertThat(refused(changed.toString()).field()).isEqualTo("mechanisms[1].mechanism");
    }

    @Test
    void parse_hexInUpperCaseOrOfAnotherLength_refused() {
        ObjectNode changed = tree();
        changed.put("root", "0x" + "AB".repeat(32));
        assertThat(refused(changed.toString()).field()).isEqualTo("root");
        changed = tree();
        changed.put("contract", "0x" + "ab".repeat(19));
        assertThat(refused(changed.toString()).field()).isEqualTo("contract");
        changed = tree();
        ((ObjectNode) changed.required("totals").get(1)).put("signature", "0x");
        assertThat(refused(changed.toString()).field()).isEqualTo("totals[1].signature");
    }
}
