package io.sealroom.partner.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.sealroom.partner.csv.CsvColumn;
import io.sealroom.partner.csv.CsvRejectReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object of at most seven fields with single values. Pure; never throws, whatever
 * the bytes are. What the values must be is not looked at here: they mean what the same texts mean
 * in CSV.
 */
final class JsonEventRules {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonEventRules() {}

    static JsonEvent read(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return new JsonEvent.Broken(null, CsvRejectReason.TEXT_MALFORMED);
        }
        try (JsonParser parser = JSON.createParser(text)) {
            return object(parser);
        } catch (JsonProcessingException e) {
            // The message may quote the line.
            return new JsonEvent.Broken(null, CsvRejectReason.LINE_MALFORMED);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be read", e);
        }
    }

    private static JsonEvent object(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return new JsonEvent.Broken(null, CsvRejectReason.LINE_MALFORMED);
        }
        @Nullable String[] texts = new @Nullable String[CsvColumn.values().length];
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            Optional<CsvColumn> column = column(parser.currentName());
            if (column.isEmpty()) {
                return new JsonEvent.Broken(null, CsvRejectReason.FIELD_UNKNOWN);
            }
            String text = scalar(parser);
            if (text == null) {
                return new JsonEvent.Broken(column.get(), CsvRejectReason.FIELD_TYPE);
            }
            if (texts[column.get().position()] != null) {
                return new JsonEvent.Broken(column.get(), CsvRejectReason.FIELD_REPEATED);
            }
            texts[column.get().position()] = text;
        }
        // Two objects in one line: which one is the event?
        if (parser.nextToken() != null) {
            return new JsonEvent.Broken(null, CsvRejectReason.LINE_MALFORMED);
        }
        List<String> fields = Arrays.stream(texts).map(text -> text == null ? "" : text).toList();
        return new JsonEvent.Fields(fields);
    }

    /** The value as it stands, so that a large number stays what it is; null for a structure. */
    private static @Nullable String scalar(JsonParser parser) throws IOException {
        return switch (parser.nextToken()) {
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getText();
            case VALUE_NULL -> "";
            default -> null;
        };
    }

    private static Optional<CsvColumn> column(String name) {
        return Arrays.stream(CsvColumn.values())
                .filter(column -> column.jsonName().equals(name))
                .findFirst();
    }
}
