package io.sealroom.streaming.testing;

import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.RowKey;
import io.sealroom.schemas.release.RowStatus;
import io.sealroom.schemas.release.TotalsEntry;
import java.math.BigInteger;
import java.util.List;

/** Releases of a single row, for tests that look at everything but rows. */
public final class TestingRelease {

    private TestingRelease() {}

    /** A total of this value. */
    public static ReleaseDocument ofTotal(
            RoomIdentity identity,
            int semantics,
            String query,
            long start,
            long end,
            long value,
            long threshold,
            List<TotalsEntry> totals) {
        return new ReleaseDocument(
                identity,
                semantics,
                query,
                start,
                end,
                List.of(
                        new ReleaseRow(
                                RowKey.total(0),
                                RowStatus.OK,
                                BigInteger.valueOf(value),
                                Digests.id("salt"))),
                List.of(
                        new MechanismEntry(
                                Metric.OVERLAP_TOTAL,
                                MechanismEntry.DISCRETE_LAPLACE,
                                BigInteger.TWO,
                                BigInteger.ONE,
                                BigInteger.valueOf(threshold))),
                totals);
    }
}
