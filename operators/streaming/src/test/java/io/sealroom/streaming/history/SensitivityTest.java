package io.sealroom.streaming.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.release.Metric;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.TotalKey;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What the noise rests on (DESIGN 7): all records of one identifier, at any partners, change the
 * exact totals of an epoch by no more than the sensitivity of each family. The largest change found
 * has to be all that is allowed: a bound that nothing comes near would not be tested.
 */
class SensitivityTest {

    private static final int POLICIES = Campaign.isFull() ? 500 : 20;
    private static final int PAIRS = 100;
    private static final int WHOLE_PAIRS = Campaign.isFull() ? 5_000 : 100;
    private static final int THOUSAND = 1000;
    private static final Set<Metric> METRICS =
            EnumSet.of(
                    Metric.OVERLAP_TOTAL,
                    Metric.REACH,
                    Metric.OVERLAP_CELL,
                    Metric.COUNT,
                    Metric.VALUE);

    /** Match and attribute, with two epochs of one room for the two inputs of each pair. */
    @Test
    void totals_oneIdentifierRemoved_withinSensitivity() throws Exception {
        FamilyDistances distances = new FamilyDistances();
        Campaign.run(
                POLICIES,
                (seed, environments) -> {
                    Random random = new Random(seed);
                    Policy policy = NeighbourRoom.next(random, 2 * PAIRS);
                    try (ExactTotals totals = new ExactTotals(policy, environments)) {
                        for (int pair = 0; pair < PAIRS; pair++) {
                            Neighbours neighbours = Neighbours.random(policy, random);
                            distances.check(
                                    policy,
                                    epoch(totals, policy, 2 * pair, neighbours.all()),
                                    epoch(totals, policy, 2 * pair + 1, neighbours.without()));
                        }
                    }
                });
        if (Campaign.isWhole()) {
            assertThat(distances.largest().keySet()).isEqualTo(METRICS);
            assertThat(distances.largest().values()).containsOnly(THOUSAND);
        }
    }

    /** Totals of an epoch, as if it were the room's first. */
    private static Map<TotalKey, BigInteger> epoch(
            ExactTotals totals, Policy policy, int epoch, List<AdmittedEvent> events)
            throws Exception {
        long offset = epoch * policy.epochMillis();
        for (AdmittedEvent event : events) {
            totals.add(Neighbours.in(epoch, policy.epochMillis(), event));
        }
        Map<TotalKey, BigInteger> moved = new HashMap<>();
        totals.completeTo(policy.startMillis() + offset + policy.epochMillis())
                .forEach(
                        (row, total) ->
                                moved.put(
                                        new TotalKey(
                                                row.query(), row.windowStart() - offset, row.row()),
                                        total));
        return moved;
    }

    /** The whole way from the partners' topics. */
    @Test
    void histories_oneIdentifierRemoved_withinSensitivity() throws Exception {
        FamilyDistances distances = new FamilyDistances();
        Campaign.run(
                WHOLE_PAIRS,
                (seed, environments) -> {
                    History all = History.random(seed);
                    History without = History.without(seed, new Random(seed));
                    distances.check(
                            all.room().policy(),
                            HistoryRun.undisturbed(all, environments).totals(),
                            HistoryRun.undisturbed(without, environments).totals());
                });
        if (Campaign.isWhole()) {
            assertThat(distances.largest().keySet()).isEqualTo(METRICS);
            assertThat(distances.largest().values())
                    .allSatisfy(found -> assertThat(found).isGreaterThanOrEqualTo(THOUSAND / 2));
        }
    }
}
