package io.sealroom.cli.releases;

import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.RowStatus;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** RFC 4180: a header, then a line for each row of each release. */
final class ReleaseCsv implements ReleasePrinter {

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180
                    .builder()
                    .setHeader(
                            "room",
                            "query",
                            "start",
                            "end",
                            "index",
                            "metric",
                            "label",
                            "status",
                            "value",
                            "releaseHash",
                            "transaction")
                    .get();

    private final CSVPrinter printer;

    private ReleaseCsv(CSVPrinter printer) {
        this.printer = printer;
    }

    /** Prints the header. */
    static ReleaseCsv start(Writer out) throws IOException {
        return new ReleaseCsv(new CSVPrinter(out, FORMAT));
    }

    @Override
    public void print(Release release) throws IOException {
        ReleaseDocument document = release.pending().document();
        for (ReleaseRow row : document.rows()) {
            printer.printRecord(
                    document.identity().room(),
                    document.query(),
                    Instant.ofEpochMilli(document.start()),
                    Instant.ofEpochMilli(document.end()),
                    row.key().index(),
                    row.key().metric(),
                    row.key().label(),
                    row.status(),
                    row.status() == RowStatus.SUPPRESSED ? "" : row.value(),
                    release.pending().releaseHash(),
                    release.receipt().transaction());
        }
    }
}
