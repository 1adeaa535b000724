package io.sealroom.cli.report;

import io.sealroom.schemas.release.Receipt;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import java.util.Comparator;
import java.util.List;

/**
 * A release of the file and what was found of it.
 *
 * @param line its line, from 1
 * @param release as the line has it
 * @param faults why it is invalid; none otherwise
 */
record ReportedRelease(long line, Release release, Standing standing, List<String> faults) {

    /** Rising in time; of a window, in the file's order. */
    static final Comparator<ReportedRelease> BY_TIME =
            Comparator.comparingLong(ReportedRelease::start)
                    .thenComparingLong(ReportedRelease::line);

    ReportedRelease {
        faults = List.copyOf(faults);
    }

    ReleaseDocument document() {
        return release.pending().document();
    }

    Receipt receipt() {
        return release.receipt();
    }

    long start() {
        return document().start();
    }

    long end() {
        return document().end();
    }

    /** The same with a fault. */
    ReportedRelease invalid(String fault) {
        return new ReportedRelease(line, release, Standing.INVALID, List.of(fault));
    }

    boolean valid() {
        return standing != Standing.INVALID;
    }
}
