package io.sealroom.streaming.match;

import io.sealroom.privacy.attribution.Duplicates;
import io.sealroom.schemas.policy.OverlapQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.Contribution;
import java.util.ArrayList;
import java.util.List;

/** The queries of one identifier kind, and the times of the room. */
final class MatchPlan {

    private final Policy policy;
    private final IdentifierKind kind;
    private final List<OverlapRows> overlaps;
    private final AttributionPlan attribution;
    private final Duplicates duplicates;

    /** By position of the partner: whether any query looks at its exposures. */
    private final boolean[] exposures;

    /** By position of the partner: whether any query looks at its conversions. */
    private final boolean[] conversions;

    MatchPlan(Policy policy, IdentifierKind kind) {
        this.policy = policy;
        this.kind = kind;
        List<OverlapRows> rows = new ArrayList<>();
        for (int i = 0; i < policy.queries().size(); i++) {
            if (policy.queries().get(i) instanceof OverlapQuery overlap
                    && overlap.identifierKind() == kind) {
                rows.add(new OverlapRows(policy, i, overlap));
            }
        }
        this.overlaps = List.copyOf(rows);
        this.attribution = AttributionPlan.of(policy, kind);
        this.duplicates = new Duplicates(policy.sliceMillis());
        this.exposures = new boolean[policy.partners().size()];
        this.conversions = new boolean[policy.partners().size()];
        for (int i = 0; i < exposures.length; i++) {
            int partner = i;
            boolean named = overlaps.stream().anyMatch(overlap -> overlap.names(partner));
            exposures[i] = named || attribution.exposes(partner);
            conversions[i] = named || attribution.admission().counts(partner);
        }
    }

    IdentifierKind kind() {
        return kind;
    }

    /** Whether any query looks at the event. */
    boolean uses(AdmittedEvent event) {
        return (event.kind().isExposure() ? exposures : conversions)[event.partner()];
    }

    List<OverlapRows> overlaps() {
        return overlaps;
    }

    AttributionPlan attribution() {
        return attribution;
    }

    Duplicates duplicates() {
        return duplicates;
    }

    /** Epoch of a time. */
    long epochOf(long time) {
        return policy.epochOf(time);
    }

    /** Whether conversions look back into the epoch before: then each has two tokens. */
    boolean looksBack() {
        return policy.lookbackEpochs() == 1;
    }

    /**
     * When no conversion looks back to an epoch any more, if it ended at {@code epochEnd}: an end
     * of a slice, because it is looked at then.
     */
    long olderSlotEnd(long epochEnd) {
        long slices = -Math.floorDiv(-attribution.lookbackMillis(), policy.sliceMillis());
        return Math.min(epochEnd + slices * policy.sliceMillis(), policy.endMillis());
    }

    /** Counts the token for each of the queries as one that a cap cut. */
    void cut(long queries, long time, MatchOutput out) {
        Contribution.cuts(policy, queries, time, out::add);
    }

    /** When a token's history of the epoch that holds {@code time} ends. */
    long historyEnd(long time) {
        return policy.epochEnd(time);
    }
}
