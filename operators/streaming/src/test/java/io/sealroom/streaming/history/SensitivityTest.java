package io.sealroom.streaming.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.reference.HistoryEvent;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.release.Metric;
import io.sealroom.streaming.flow.TotalKey;
import io.sealroom.streaming.source.EventRules;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the noise rests on (DESIGN 7): all records of one identifier, at any partners and in all
 * epochs, change the exact totals of an epoch by no more than the sensitivity of each family. The
 * largest change found has to be all that is allowed: a bound that nothing comes near would not be
 * tested.
 */
class SensitivityTest {

    private static final int POLICIES = Campaign.isFull() ? 200 : 10;
    private static final int REFERENCE_POLICIES = Campaign.isFull() ? 2_000 : 10;

    /** Of a policy: a room has 256 epochs at most. */
    private static final int PAIRS = 60;

    private static final int WHOLE_PAIRS = Campaign.isFull() ? 5_000 : 100;
    private static final int THOUSAND = 1000;

    /** By the batch reference, which is the cheaper one to search with. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void reference_oneIdentifierRemoved_withinSensitivity(int lookbackEpochs) throws Exception {
        withinSensitivity(
                lookbackEpochs,
                REFERENCE_POLICIES,
                (policy, history, environments) -> ReferenceTotals.of(policy, history));
    }

    /** By the stages between the sources and the totals. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void totals_oneIdentifierRemoved_withinSensitivity(int lookbackEpochs) throws Exception {
        withinSensitivity(lookbackEpochs, POLICIES, SensitivityTest::operatorTotals);
    }

    /** Exact totals that are not zero. */
    private interface Computation {
        Map<TotalKey, BigInteger> of(
                Policy policy, List<HistoryEvent> history, Environments environments)
                throws Exception;
    }

    private static void withinSensitivity(int lookbackEpochs, int policies, Computation computation)
            throws Exception {
        FamilyDistances distances = new FamilyDistances();
        Campaign.run(
                policies,
                (seed, environments) -> {
                    Random random = new Random(seed);
                    Policy policy = NeighbourRoom.next(random, lookbackEpochs, PAIRS);
                    List<HistoryEvent> history = new ArrayList<>();
                    for (int side = 0; side < 2 * PAIRS; side += 2) {
                        Neighbours pair = Neighbours.random(policy, random);
                        add(policy, side, pair.all(), history);
                        add(policy, side + 1, pair.without(), history);
                    }
                    List<Map<TotalKey, BigInteger>> sides =
                            sides(policy, computation.of(policy, history, environments));
                    for (int side = 0; side < 2 * PAIRS; side += 2) {
                        distances.check(policy, sides.get(side), sides.get(side + 1));
                    }
                });
        if (Campaign.isWhole()) {
            assertThat(distances.largest().keySet())
                    .isEqualTo(
                            kinds(
                                    lookbackEpochs > 0
                                            ? EnumSet.complementOf(EnumSet.of(Metric.CONVERTERS))
                                            : EnumSet.allOf(Metric.class)));
            assertThat(distances.largest().values()).containsOnly(THOUSAND);
            assertThat(distances.largestL2Squared().values()).containsOnly(THOUSAND);
        }
    }

    private static Set<FamilyDistances.Kind> kinds(Set<Metric> metrics) {
        Set<FamilyDistances.Kind> kinds = new HashSet<>();
        for (Metric metric : metrics) {
            kinds.add(new FamilyDistances.Kind(metric, false));
        }
        if (metrics.contains(Metric.CONVERTERS)) {
            kinds.add(new FamilyDistances.Kind(Metric.CONVERTERS, true));
        }
        return kinds;
    }

    /** Moves an input of a pair to its own epochs of the room. */
    private static void add(
            Policy policy, int side, List<HistoryEvent> input, List<HistoryEvent> history) {
        int epochs = side * (1 + policy.lookbackEpochs());
        input.forEach(entry -> history.add(Neighbours.later(policy, epochs, entry)));
    }

    /** Totals of each input, as if its epochs were the room's first. */
    private static List<Map<TotalKey, BigInteger>> sides(
            Policy policy, Map<TotalKey, BigInteger> totals) {
        long length = policy.epochMillis() * (1 + policy.lookbackEpochs());
        List<Map<TotalKey, BigInteger>> sides = new ArrayList<>();
        for (int side = 0; side < 2 * PAIRS; side++) {
            sides.add(new HashMap<>());
        }
        totals.forEach(
                (row, total) -> {
                    int side = (int) ((row.windowStart() - policy.startMillis()) / length);
                    sides.get(side)
                            .put(
                                    new TotalKey(
                                            row.query(),
                                            row.windowStart() - side * length,
                                            row.row()),
                                    total);
                });
        return sides;
    }

    private static Map<TotalKey, BigInteger> operatorTotals(
            Policy policy, List<HistoryEvent> history, Environments environments) throws Exception {
        RoomIdentity identity =
                new RoomIdentity(
                        1, new Address("0x" + "5e".repeat(20)), policy.room(), policy.hash());
        Map<String, EventRules> rules = new HashMap<>();
        try (ExactTotals totals = new ExactTotals(policy, environments)) {
            for (HistoryEvent entry : history) {
                EventRules partner =
                        rules.computeIfAbsent(
                                entry.partner(),
                                name -> new EventRules(PartnerTopic.of(identity, policy, name)));
                totals.add(
                        partner.admitted(entry.event(), entry.recordHash()),
                        partner.older(entry.event()));
            }
            return totals.completeTo(policy.endMillis());
        }
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
            Map<FamilyDistances.Kind, Integer> largest = distances.largest();
            assertThat(largest.keySet()).containsAll(kinds(EnumSet.allOf(Metric.class)));
            // Converters need all touches of all conversions to be the publisher's: not by chance.
            largest.keySet().removeIf(kind -> kind.metric() == Metric.CONVERTERS);
            assertThat(largest.values())
                    .allSatisfy(found -> assertThat(found).isGreaterThanOrEqualTo(THOUSAND / 2));
        }
    }
}
