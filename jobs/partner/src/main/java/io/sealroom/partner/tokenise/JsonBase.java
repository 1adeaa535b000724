package io.sealroom.partner.tokenise;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sealroom.partner.csv.CsvRecords;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A base as one JSON object a line: {@code {"idType": "email", "identifier": "..."}}. */
final class JsonBase implements BaseRecords {

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .build();

    /** What a byte that is not UTF-8 is read as. */
    private static final char REPLACEMENT = '\uFFFD';

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int LENGTH_MAX = CsvRecords.LENGTH_MAX;

    private final BufferedReader reader;
    private final BaseRules rules;
    private long line;

    JsonBase(InputStream in, BaseRules rules) {
        this.reader =
                new BufferedReader(
                        new InputStreamReader(
                                in,
                                StandardCharsets.UTF_8
                                        .newDecoder()
                                        .onMalformedInput(CodingErrorAction.REPLACE)
                                        .onUnmappableCharacter(CodingErrorAction.REPLACE)),
                        1 << 16);
        this.rules = rules;
    }

    @Override
    public @Nullable BaseRecord next() throws IOException {
        StringBuilder text = new StringBuilder();
        while (nextLine(text)) {
            line++;
            if (text.length() > LENGTH_MAX) {
                return new BaseRecord.Bad(line, BaseRejectReason.LINE_TOO_LONG);
            }
            if (text.indexOf(String.valueOf(REPLACEMENT)) >= 0) {
                return new BaseRecord.Bad(line, BaseRejectReason.TEXT_MALFORMED);
            }
            if (!text.toString().isBlank()) {
                return parse(text.toString());
            }
        }
        return null;
    }

    private BaseRecord parse(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (IOException e) {
            // The message may quote the line.
            return new BaseRecord.Bad(line, BaseRejectReason.LINE_MALFORMED);
        }
        JsonNode idType = root.get("idType");
        JsonNode identifier = root.get("identifier");
        if (!root.isObject() || root.size() != 2 || idType == null || identifier == null) {
            return new BaseRecord.Bad(line, BaseRejectReason.FIELD_COUNT);
        }
        if (!idType.isTextual() || !identifier.isTextual()) {
            return new BaseRecord.Bad(line, BaseRejectReason.LINE_MALFORMED);
        }
        return rules.check(line, idType.textValue(), identifier.textValue());
    }

    /** Of a longer line, its first characters only: one more than are allowed. */
    private boolean nextLine(StringBuilder text) throws IOException {
        text.setLength(0);
        int c = reader.read();
        if (c < 0) {
            return false;
        }
        if (line == 0 && c == BYTE_ORDER_MARK) {
            c = reader.read();
        }
        while (c >= 0 && c != '\n') {
            if (text.length() <= LENGTH_MAX) {
                text.append((char) c);
            }
            c = reader.read();
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
