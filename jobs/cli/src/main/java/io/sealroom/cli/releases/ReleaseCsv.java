package io.sealroom.cli.releases;

import io.sealroom.schemas.release.Release;
import java.io.IOException;
import java.io.Writer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** RFC 4180: a header, then a line for each row of each release. */
final class ReleaseCsv implements ReleasePrinter {

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setHeader(RowFields.NAMES.toArray(String[]::new)).get();

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
        for (RowFields row : RowFields.of(release)) {
            printer.printRecord(row.values(release));
        }
    }
}
