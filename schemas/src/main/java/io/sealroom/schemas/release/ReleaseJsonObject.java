package io.sealroom.schemas.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One JSON object of a line, with exactly the fields it must have. Every getter says the field's
 * place and rule when the value is not as it must be.
 */
final class ReleaseJsonObject {

    private final JsonNode node;
    private final long line;
    private final String path;

    private ReleaseJsonObject(JsonNode node, long line, String path) {
        this.node = node;
        this.line = line;
        this.path = path;
    }

    static ReleaseJsonObject of(JsonNode node, long line, String path, List<String> fields)
            throws ReleaseJsonException {
        if (!node.isObject()) {
            throw new ReleaseJsonException(line, path, "must be an object");
        }
        ReleaseJsonObject object = new ReleaseJsonObject(node, line, path);
        for (String field : fields) {
            if (!node.has(field)) {
                throw object.refuse(field, "is missing");
            }
        }
        Set<String> unknown = new HashSet<>();
        node.fieldNames().forEachRemaining(unknown::add);
        fields.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new ReleaseJsonException(line, path, "has a field that no release has");
        }
        return object;
    }

    /** What a list or an object is read with. */
    interface Reader<T> {
        T read(ReleaseJsonObject object) throws ReleaseJsonException;
    }

    String text(String field, Pattern form) throws ReleaseJsonException {
        JsonNode value = node.required(field);
        if (!value.isTextual() || !form.matcher(value.textValue()).matches()) {
            throw refuse(field, "must be a text of the form " + form.pattern());
        }
        return value.textValue();
    }

    /** A text that {@code parse} knows. */
    <T> T known(String field, String rule, Function<String, Optional<T>> parse)
            throws ReleaseJsonException {
        JsonNode value = node.required(field);
        Optional<T> parsed =
                value.isTextual() ? parse.apply(value.textValue()) : Optional.<T>empty();
        return parsed.orElseThrow(() -> refuse(field, rule));
    }

    /** A JSON integer from 0 to {@code max}. */
    long integer(String field, long max) throws ReleaseJsonException {
        JsonNode value = node.required(field);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 0
                || value.longValue() > max) {
            throw refuse(field, "must be an integer from 0 to " + max);
        }
        return value.longValue();
    }

    /** Decimal digits in a text, in the one form that a number has. */
    BigInteger decimal(String field, Pattern form, int bitsMax) throws ReleaseJsonException {
        BigInteger value = new BigInteger(text(field, form));
        if (value.bitLength() > bitsMax) {
            throw refuse(field, "must have at most " + bitsMax + " bits");
        }
        return value;
    }

    <T> T object(String field, List<String> fields, Reader<T> reader) throws ReleaseJsonException {
        return reader.read(of(node.required(field), line, place(field), fields));
    }

    <T> List<T> list(String field, List<String> fields, Reader<T> reader)
            throws ReleaseJsonException {
        JsonNode list = node.required(field);
        if (list.getNodeType() != JsonNodeType.ARRAY) {
            throw refuse(field, "must be a list");
        }
        List<T> values = new ArrayList<>();
        for (JsonNode element : list) {
            String place = String.format("%s[%d]", place(field), values.size());
            values.add(reader.read(of(element, line, place, fields)));
        }
        return values;
    }

    ReleaseJsonException refuse(String field, String problem) {
        return new ReleaseJsonException(line, place(field), problem);
    }

    private String place(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }
}
