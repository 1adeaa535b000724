package io.sealroom.streaming.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.reference.HistoryEvent;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.streaming.flow.TotalKey;
import io.sealroom.streaming.history.Campaign;
import io.sealroom.streaming.history.Environments;
import io.sealroom.streaming.history.ReferenceTotals;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random small histories over all models and options: the operators and the batch reference have
 * the same exact totals. A room holds many histories, each in epochs of its own.
 */
class SmallHistoriesTest {

    private static final int HISTORIES = 25;
    private static final int ROOMS = (Campaign.isFull() ? 1_000_000 : 10_000) / HISTORIES;
    private static final int EPOCHS = 3;

    /** So many rooms are asked once what their options decide. */
    private static final int EXAMINED = 20;

    /** An option that decided nothing in so many histories was not tested. */
    private static final int DECIDED_MIN = 5;

    @Test
    void histories_allModelsAndOptions_operatorsEqualReference() throws Exception {
        Decisions decisions = new Decisions();
        Campaign.run(
                ROOMS,
                (seed, environments) -> {
                    Random random = new Random(seed);
                    Policy policy = SmallRoom.next(random, HISTORIES * EPOCHS);
                    List<List<HistoryEvent>> histories = histories(policy, random);
                    if (seed < EXAMINED) {
                        decisions.examine(
                                policy, histories.stream().flatMap(List::stream).toList(), EPOCHS);
                    }
                    check(policy, histories, seed, environments);
                });
        if (Campaign.isWhole()) {
            assertThat(decisions.counts())
                    .allSatisfy(
                            (option, histories) ->
                                    assertThat(histories)
                                            .as(option)
                                            .isGreaterThanOrEqualTo(DECIDED_MIN));
        }
    }

    private static List<List<HistoryEvent>> histories(Policy policy, Random random) {
        List<List<HistoryEvent>> histories = new ArrayList<>();
        for (int i = 0; i < HISTORIES; i++) {
            long first = policy.firstEpoch() + i * (long) EPOCHS;
            histories.add(SmallHistory.next(policy, i, first, EPOCHS, random));
        }
        return histories;
    }

    /** All histories of the room at once; if that fails, the first that fails alone. */
    private static void check(
            Policy policy, List<List<HistoryEvent>> histories, int seed, Environments environments)
            throws Exception {
        List<HistoryEvent> all = histories.stream().flatMap(List::stream).toList();
        if (agree(policy, all, seed, environments)) {
            return;
        }
        for (List<HistoryEvent> history : histories) {
            if (!agree(policy, history, seed, environments)) {
                throw new AssertionError(smallest(policy, history, seed, environments));
            }
        }
        throw new AssertionError("the histories differ together and agree one by one");
    }

    private static boolean agree(
            Policy policy, List<HistoryEvent> history, int seed, Environments environments)
            throws Exception {
        return operators(policy, history, seed, environments)
                .equals(ReferenceTotals.of(policy, history));
    }

    private static Map<TotalKey, BigInteger> operators(
            Policy policy, List<HistoryEvent> history, int seed, Environments environments)
            throws Exception {
        return OperatorTotals.of(policy, history, new Random(seed), environments);
    }

    /** Leaves out whatever can be left out, and tells the rest. */
    private static String smallest(
            Policy policy, List<HistoryEvent> history, int seed, Environments environments)
            throws Exception {
        List<HistoryEvent> left = new ArrayList<>(history);
        for (int i = left.size() - 1; i >= 0; i--) {
            HistoryEvent event = left.remove(i);
            if (agree(policy, left, seed, environments)) {
                left.add(i, event);
            }
        }
        return Report.of(
                policy,
                left,
                ReferenceTotals.of(policy, left),
                operators(policy, left, seed, environments));
    }
}
