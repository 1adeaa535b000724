package io.sealroom.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.cli.UsageException;
import io.sealroom.cli.verify.SampleRoom;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseJsonException;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.RowKey;
import io.sealroom.schemas.release.RowStatus;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryResultsTest {

    private static final int ROWS = 2_000;

    private static QueryResults results(int copies) throws ReleaseJsonException {
        Release sample = SampleRoom.releases().get(0);
        ReleaseDocument document = sample.pending().document();
        List<ReleaseRow> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(
                    new ReleaseRow(
                            RowKey.cell(i, Metric.OVERLAP_CELL, "cell-" + i),
                            RowStatus.SUPPRESSED,
                            BigInteger.ZERO,
                            Digests.id("salt " + i)));
        }
        ReleaseDocument large =
                new ReleaseDocument(
                        document.identity(),
                        document.semantics(),
                        document.query(),
                        document.start(),
                        document.end(),
                        rows,
                        document.mechanisms(),
                        document.totals());
        ReportedRelease reported =
                new ReportedRelease(
                        1,
                        new Release(PendingRelease.of(large), sample.receipt()),
                        Standing.CONSISTENT,
                        List.of());
        return new QueryResults(document.query(), Collections.nCopies(copies, reported));
    }

    @Test
    void series_morePointsThanAPageTakes_isUsage() throws Exception {
        int most = Math.toIntExact(QueryResults.POINTS_MAX / ROWS);
        assertThatThrownBy(() -> results(most + 1).series())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("1001 releases with 2000 rows")
                .hasMessageContaining("the 2000000 points");
    }

    @Test
    void series_fewReleasesOfManyRows_haveAPointForEach() throws Exception {
        List<Series> series = results(2).series().get(Metric.OVERLAP_CELL);
        assertThat(series).hasSize(ROWS).allSatisfy(one -> assertThat(one.points()).hasSize(2));
    }
}
