package io.sealroom.streaming.match;

import io.sealroom.privacy.attribution.Attribution;
import io.sealroom.privacy.attribution.Conversion;
import io.sealroom.privacy.attribution.Credit;
import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.RowKey;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.PartnerTouches;
import io.sealroom.streaming.flow.QueryTouches;
import java.util.ArrayList;
import java.util.List;

/**
 * One query that counts distinct converters: which cells a conversion credits, and which row of
 * converters is whose.
 */
final class ConverterRows {

    private final int index;
    private final AttributionQuery query;
    private final Attribution attribution;

    private final QueryTouches touches;

    /** Rows by cell; UNATTRIBUTED stands last. */
    private final int[] rows;

    /**
     * @param index position of the query in the policy
     */
    ConverterRows(Policy policy, int index, AttributionQuery query) {
        this.index = index;
        this.query = query;
        this.attribution = Attribution.of(query);
        this.touches = new QueryTouches(policy, query);
        this.rows =
                query.rows(policy).stream()
                        .filter(row -> row.metric() == Metric.CONVERTERS)
                        .mapToInt(RowKey::index)
                        .toArray();
    }

    /** Whether the query is one of these. */
    boolean isIn(long queries) {
        return (queries >>> index & 1) == 1;
    }

    long windowStart(long time) {
        return query.windowStart(time);
    }

    /** Number of cells, UNATTRIBUTED included. */
    int cells() {
        return rows.length;
    }

    /** The cells that get a part of the conversion as such; UNATTRIBUTED is the last one. */
    List<Integer> credited(Conversion conversion, List<PartnerTouches> candidates) {
        List<Integer> cells = new ArrayList<>();
        for (Credit credit : attribution.credit(conversion, touches.of(candidates))) {
            if (credit.microUnits() > 0) {
                cells.add(credit.cell() == Credit.UNATTRIBUTED ? rows.length - 1 : credit.cell());
            }
        }
        return cells;
    }

    /** The person is a converter of the cell. */
    Contribution one(long windowStart, int cell) {
        return new Contribution(index, windowStart, rows[cell], 1);
    }
}
