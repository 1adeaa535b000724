package io.sealroom.cli.releases;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.schemas.release.Release;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** A JSON object for each row of each release, one a line; every field is a text. */
final class ReleaseRowsJson implements ReleasePrinter {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Writer out;

    ReleaseRowsJson(Writer out) {
        this.out = out;
    }

    @Override
    public void print(Release release) throws IOException {
        for (RowFields row : RowFields.of(release)) {
            ObjectNode object = MAPPER.createObjectNode();
            List<String> values = row.values(release);
            for (int i = 0; i < values.size(); i++) {
                object.put(RowFields.NAMES.get(i), values.get(i));
            }
            out.append(MAPPER.writeValueAsString(object)).append('\n');
        }
    }
}
