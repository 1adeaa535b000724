package io.sealroom.streaming.match;

import io.sealroom.privacy.overlap.OpenWindow;
import io.sealroom.privacy.overlap.OverlapCaps;
import io.sealroom.privacy.overlap.OverlapContribution;
import io.sealroom.schemas.policy.OverlapQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.RowKey;
import io.sealroom.streaming.flow.Contribution;
import java.util.List;

/** One overlap query: which events it sees, and which rows its contributions go to. */
final class OverlapRows {

    /** No such partner, row or cell. */
    static final int NONE = -1;

    private final int index;
    private final OverlapQuery query;
    private final OverlapCaps caps;

    /** By position in the policy: position in the query, or NONE. */
    private final int[] named;

    private final int exposing;
    private final int firstReach;
    private final int firstCell;

    /**
     * @param index position of the query in the policy
     */
    OverlapRows(Policy policy, int index, OverlapQuery query) {
        this.index = index;
        this.query = query;
        this.caps = OverlapCaps.of(query);
        this.named =
                policy.partners().stream()
                        .mapToInt(partner -> query.partners().indexOf(partner.name()))
                        .toArray();
        this.exposing =
                query.exposing() == null
                        ? NONE
                        : policy.partnerIndex(query.exposing()).orElseThrow();
        List<RowKey> rows = query.rows(policy);
        this.firstReach = first(rows, Metric.REACH);
        this.firstCell = first(rows, Metric.OVERLAP_CELL);
    }

    private static int first(List<RowKey> rows, Metric metric) {
        return rows.stream()
                .filter(row -> row.metric() == metric)
                .mapToInt(RowKey::index)
                .findFirst()
                .orElse(NONE);
    }

    OverlapCaps caps() {
        return caps;
    }

    /** Whether the query names the partner. */
    boolean names(int partner) {
        return named[partner] != NONE;
    }

    long windowStart(long time) {
        return query.windowStart(time);
    }

    long windowEnd(OpenWindow window) {
        return window.start() + query.windowMillis();
    }

    /**
     * Notes an event of a named partner.
     *
     * @param cell of an exposure; NONE for conversions
     */
    void see(OpenWindow window, int partner, int cell) {
        window.see(named[partner]);
        if (partner == exposing && cell != NONE) {
            window.seeCell(cell, caps.cellsMax(), isReporting());
        }
    }

    /** Whether the query counts the tokens that a cap cut. */
    boolean isReporting() {
        return query.caps() != null;
    }

    /** Position of the query in the policy. */
    int index() {
        return index;
    }

    /** Gives 1 to each row that the contribution names and that the query has. */
    void contribute(long windowStart, OverlapContribution contribution, MatchOutput out) {
        if (contribution.total()) {
            out.add(one(windowStart, 0));
        }
        for (int partner = 0; firstReach != NONE && partner < caps.partners(); partner++) {
            if (contribution.reaches(partner)) {
                out.add(one(windowStart, firstReach + partner));
            }
        }
        for (int cell : contribution.cells()) {
            out.add(one(windowStart, firstCell + cell));
        }
    }

    private Contribution one(long windowStart, int row) {
        return new Contribution(index, windowStart, row, 1);
    }
}
