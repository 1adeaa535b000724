package io.sealroom.pipeline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.reference.QueryWindow;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseRow;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a release must say, from the batch reference, the partners' shares and the seals that close
 * the window: the released value minus the recomputed noise is the exact total.
 */
public final class ExpectedRelease {

    private final Policy policy;
    private final RoomIdentity identity;
    private final ExpectedRows rows;
    private final Map<QueryWindow, List<BigInteger>> exact;

    /**
     * @param exact totals by row index of every window of every query
     */
    public ExpectedRelease(
            Policy policy,
            RoomIdentity identity,
            SealedInputs inputs,
            Map<QueryWindow, List<BigInteger>> exact) {
        this.policy = policy;
        this.identity = identity;
        this.rows = new ExpectedRows(policy, identity, inputs);
        this.exact = Map.copyOf(exact);
    }

    /** How many releases the room has. */
    public int windows() {
        return exact.size();
    }

    /** Fails unless every row has the expected status, value and salt. */
    public void check(PendingRelease release) {
        ReleaseDocument document = release.document();
        assertThat(document.identity()).isEqualTo(identity);
        Query query = policy.query(document.query());
        List<BigInteger> totals =
                Objects.requireNonNull(
                        exact.get(new QueryWindow(document.query(), document.start())));
        assertThat(document.rows())
                .extracting(ReleaseRow::key)
                .isEqualTo(query.rows(policy, document.start()));
        List<ReleaseRow> expected = rows.of(document, totals);
        for (int i = 0; i < expected.size(); i++) {
            ReleaseRow row = document.rows().get(i);
            String what = document.query() + " at " + document.start() + ", " + row.key();
            assertThat(row.salt()).as(what).isEqualTo(expected.get(i).salt());
            assertThat(row.status()).as(what).isEqualTo(expected.get(i).status());
            assertThat(row.value()).as(what).isEqualTo(expected.get(i).value());
        }
        assertThat(release).isEqualTo(PendingRelease.of(document));
    }
}
