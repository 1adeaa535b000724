package io.sealroom.streaming.attribute;

import io.sealroom.privacy.attribution.Attribution;
import io.sealroom.privacy.attribution.Conversion;
import io.sealroom.privacy.attribution.Credit;
import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.RowKey;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.MatchedConversion;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Where the credits of one attribution query go: which cell's count and value are which rows. */
final class CreditRows {

    private static final int NO_ROW = -1;

    private final AttributionQuery query;
    private final Attribution attribution;

    /** Rows by cell; UNATTRIBUTED stands last. */
    private final int[] counts;

    private final int[] values;

    CreditRows(Policy policy, AttributionQuery query) {
        this.query = query;
        this.attribution = Attribution.of(query);
        this.counts = rows(policy, query, Metric.COUNT);
        this.values = rows(policy, query, Metric.VALUE);
    }

    private static int[] rows(Policy policy, AttributionQuery query, Metric metric) {
        int[] rows = new int[policy.cells().size() + 1];
        Arrays.fill(rows, NO_ROW);
        for (RowKey row : query.rows(policy)) {
            if (row.metric() == metric) {
                int cell = policy.cells().indexOf(row.label());
                rows[cell == -1 ? rows.length - 1 : cell] = row.index();
            }
        }
        return rows;
    }

    /** Gives what the conversion adds to each row; nothing for a value of 0. */
    void credit(MatchedConversion matched, Consumer<Contribution> out) {
        List<Credit> credits =
                attribution.credit(
                        new Conversion(
                                matched.time(),
                                matched.eventId().high(),
                                matched.eventId().low(),
                                matched.value()),
                        matched.touches());
        long window = query.windowStart(matched.time());
        for (Credit credit : credits) {
            int cell = credit.cell() == Credit.UNATTRIBUTED ? counts.length - 1 : credit.cell();
            add(matched.query(), window, counts[cell], credit.microUnits(), out);
            add(matched.query(), window, values[cell], credit.value(), out);
        }
    }

    private static void add(
            int query, long window, int row, long amount, Consumer<Contribution> out) {
        if (row != NO_ROW && amount != 0) {
            out.accept(new Contribution(query, window, row, amount));
        }
    }
}
