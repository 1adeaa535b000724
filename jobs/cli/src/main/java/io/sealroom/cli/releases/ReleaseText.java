package io.sealroom.cli.releases;

import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.Locale;

/** For people: a heading for each release, a line for each row, with its margin. */
final class ReleaseText implements ReleasePrinter {

    private final Writer out;

    ReleaseText(Writer out) {
        this.out = out;
    }

    @Override
    public void print(Release release) throws IOException {
        ReleaseDocument document = release.pending().document();
        out.append(
                String.format(
                        Locale.ROOT,
                        "%s  %s to %s\n",
                        document.query(),
                        Instant.ofEpochMilli(document.start()),
                        Instant.ofEpochMilli(document.end())));
        for (RowFields row : RowFields.of(release)) {
            out.append(
                    String.format(
                            Locale.ROOT,
                            "  %-13s %-40s %20s  %s\n",
                            row.row().key().metric(),
                            row.row().key().label(),
                            row.value().isEmpty() ? "SUPPRESSED" : row.value(),
                            row.margin().isEmpty() ? "" : "+- " + row.margin()));
        }
    }
}
