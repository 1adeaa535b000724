package io.sealroom.streaming.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.streaming.flow.TotalKey;
import io.sealroom.streaming.flow.Verdict;
import io.sealroom.streaming.flow.WindowKey;
import io.sealroom.streaming.flow.WindowVerdict;
import io.sealroom.streaming.release.VerdictExpansion;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.junit.jupiter.api.Test;

/**
 * Whatever dies in between, and whatever order the stages run in: the same releases, the same
 * windows withheld, and totals that the batch reference has too.
 */
class OperatorHistoriesTest {

    private static final int SEEDS = Campaign.isFull() ? 50_000 : 500;
    private static final int[] PARALLELISMS = {1, 2, 4};

    @Test
    void histories_killedRestoredRescaled_sameBytesAsUndisturbed() throws Exception {
        Campaign.run(SEEDS, OperatorHistoriesTest::check);
    }

    private static void check(int seed, Environments environments) throws Exception {
        History history = History.random(seed);
        Outcome expected = HistoryRun.undisturbed(history, environments);
        Map<TotalKey, BigInteger> reference =
                ReferenceTotals.of(history.room().policy(), history.admitted());
        assertThat(expected.totals()).as("totals").isEqualTo(reference);
        assertThat(expected.windows()).as("windows").isEqualTo(windows(history, reference).size());
        for (int parallelism : PARALLELISMS) {
            Random random = new Random(31L * seed + parallelism);
            Outcome outcome = HistoryRun.disturbed(history, parallelism, random, environments);
            String what = "from parallelism " + parallelism;
            assertThat(outcome.pending()).as(what).isEqualTo(expected.pending());
            assertThat(outcome.withheld()).as(what).isEqualTo(expected.withheld());
            assertThat(outcome.totals()).as(what).isEqualTo(expected.totals());
            assertThat(outcome.rejects()).as(what).isEqualTo(expected.rejects());
        }
    }

    /** Every window that a valid seal or an event tells of: of others nobody knows. */
    private static Set<WindowKey> windows(History history, Map<TotalKey, BigInteger> totals)
            throws Exception {
        List<WindowVerdict> parts = new ArrayList<>();
        VerdictExpansion expansion = VerdictExpansion.of(history.room().policy());
        for (Verdict verdict : history.verdicts()) {
            expansion.flatMap(verdict, new ListCollector<>(parts));
        }
        Set<WindowKey> windows = new HashSet<>();
        parts.forEach(part -> windows.add(WindowKey.of(part)));
        totals.keySet()
                .forEach(total -> windows.add(new WindowKey(total.query(), total.windowStart())));
        return windows;
    }
}
