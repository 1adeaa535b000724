package io.sealroom.streaming.attribute;

import io.sealroom.privacy.attribution.Attribution;
import io.sealroom.privacy.attribution.Conversion;
import io.sealroom.privacy.attribution.Credit;
import io.sealroom.privacy.attribution.OwnTokenCap;
import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.RowKey;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.MatchedConversion;
import io.sealroom.streaming.flow.PartnerTouches;
import io.sealroom.streaming.flow.QueryTouches;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Where the credits of one attribution query go: which cell's count and value are which rows. */
final class CreditRows {

    private final int index;
    private final AttributionQuery query;
    private final Attribution attribution;
    private final OwnTokenCap cap;

    private final QueryTouches touches;

    /** Position of UNATTRIBUTED among the rows of a metric. */
    private final int unattributed;

    /** Rows by cell, UNATTRIBUTED last; empty for a metric that the query does not have. */
    private final int[] counts;

    private final int[] values;

    /**
     * @param index position of the query in the policy
     */
    CreditRows(Policy policy, int index, AttributionQuery query) {
        this.index = index;
        this.query = query;
        this.attribution = Attribution.of(query);
        this.cap = OwnTokenCap.of(query);
        this.touches = new QueryTouches(policy, query);
        this.unattributed = policy.cells().size();
        this.counts = rows(policy, query, Metric.COUNT);
        this.values = rows(policy, query, Metric.VALUE);
    }

    private static int[] rows(Policy policy, AttributionQuery query, Metric metric) {
        return query.rows(policy).stream()
                .filter(row -> row.metric() == metric)
                .mapToInt(RowKey::index)
                .toArray();
    }

    /**
     * Gives what a conversion that the query admitted adds to each row; nothing for a value of 0.
     *
     * @param slots answers of its tokens, one at least
     */
    void credit(List<MatchedConversion> slots, Consumer<Contribution> out) {
        MatchedConversion first = slots.get(0);
        List<Credit> credits =
                attribution.credit(
                        new Conversion(
                                first.time(),
                                first.eventId().high(),
                                first.eventId().low(),
                                cap.clamp(first.value())),
                        touches.of(answers(slots)));
        long window = query.windowStart(first.time());
        for (Credit credit : credits) {
            int cell = credit.cell() == Credit.UNATTRIBUTED ? unattributed : credit.cell();
            add(window, counts, cell, credit.microUnits(), out);
            add(window, values, cell, credit.value(), out);
        }
    }

    /** Of the slots that are not empty to the query. */
    private List<PartnerTouches> answers(List<MatchedConversion> slots) {
        List<PartnerTouches> answers = new ArrayList<>();
        for (MatchedConversion slot : slots) {
            if ((slot.queries() >>> index & 1) == 1) {
                answers.addAll(slot.touches());
            }
        }
        return answers;
    }

    private void add(long window, int[] rows, int cell, long amount, Consumer<Contribution> out) {
        if (rows.length > 0 && amount != 0) {
            out.accept(new Contribution(index, window, rows[cell], amount));
        }
    }
}
