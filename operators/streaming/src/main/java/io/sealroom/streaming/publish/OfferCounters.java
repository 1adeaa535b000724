package io.sealroom.streaming.publish;

import io.sealroom.contracts.PublishOutcome;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What became of offered releases, for metrics. */
final class OfferCounters {

    private final Counter accepted;
    private final Counter alreadyThere;
    private final Counter conflicts;
    private final Counter withheld;
    private final Counter refused;

    OfferCounters(MetricGroup group) {
        accepted = group.counter("offersAccepted");
        alreadyThere = group.counter("offersAlreadyThere");
        conflicts = group.counter("offersInConflict");
        withheld = group.counter("offersWithheld");
        refused = group.counter("offersRefused");
    }

    void count(PublishOutcome outcome) {
        if (outcome instanceof PublishOutcome.Accepted) {
            accepted.inc();
        } else if (outcome instanceof PublishOutcome.AlreadyThere) {
            alreadyThere.inc();
        } else if (outcome instanceof PublishOutcome.Conflict) {
            conflicts.inc();
        } else if (outcome instanceof PublishOutcome.Withheld) {
            withheld.inc();
        } else if (outcome instanceof PublishOutcome.Refused) {
            refused.inc();
        }
    }
}
