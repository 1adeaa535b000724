package io.sealroom.partner.tokenise;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sealroom.partner.input.JsonEventLines;
import io.sealroom.schemas.hash.Bytes;
import java.io.IOException;
import java.io.InputStream;
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

    private final JsonEventLines lines;
    private final BaseRules rules;

    JsonBase(InputStream in, BaseRules rules) {
        this.lines = new JsonEventLines(in);
        this.rules = rules;
    }

    @Override
    public @Nullable BaseRecord next() throws IOException {
        for (JsonEventLines.Line line = lines.next(); line != null; line = lines.next()) {
            Bytes bytes = line.bytes();
            if (bytes == null) {
                return new BaseRecord.Bad(line.number(), BaseRejectReason.LINE_TOO_LONG);
            }
            String text = new String(bytes.toBytes(), StandardCharsets.UTF_8);
            if (text.indexOf(REPLACEMENT) >= 0) {
                return new BaseRecord.Bad(line.number(), BaseRejectReason.TEXT_MALFORMED);
            }
            if (!text.isBlank()) {
                return parse(line.number(), text);
            }
        }
        return null;
    }

    private BaseRecord parse(long line, String text) {
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

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
