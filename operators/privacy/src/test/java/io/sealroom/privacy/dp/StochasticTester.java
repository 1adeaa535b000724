package io.sealroom.privacy.dp;

import io.sealroom.schemas.release.RowStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Judges from released rows alone whether a mechanism is (epsilon, delta)-differentially private:
 * it is run many times on each of two neighbouring totals, and no half-line of outcomes may be more
 * than e^epsilon times as frequent, plus delta, on one of them as on the other. Suppressed is the
 * lowest outcome. The noise is log-concave, so a half-line is always among the outcomes that tell
 * the two apart best.
 *
 * <p>False alarms. A ballot draws n rows a side. By the inequality of Dvoretzky, Kiefer, Wolfowitz
 * and Massart all frequencies of half-lines of one side are within s of their probabilities but
 * with probability 2 exp(-2 n s^2). While both sides are, P(A) - e^epsilon P'(A) is estimated to
 * within (1 + e^epsilon) s for every A, which is the tolerance. So a ballot on a mechanism that
 * keeps its promise votes against it with probability at most 4 exp(-2 n s^2); the majority of 2 m
 * + 1 independent ballots does with at most C(2m + 1, m + 1) times that to the power of m + 1. For
 * 5 ballots of 200,000 rows a side and s = 0.005: 1.9e-4 a ballot, 7e-11 in all.
 */
final class StochasticTester {

    static final int VOTES = 5;
    static final int SAMPLES = 200_000;

    /** s above. */
    private static final double DEVIATION = 0.005;

    private final double factor;
    private final double delta;

    /**
     * @param epsilon what is promised
     * @param delta what is promised, 0 for pure differential privacy
     */
    StochasticTester(double epsilon, double delta) {
        this.factor = Math.exp(epsilon);
        this.delta = delta;
    }

    /**
     * Whether most ballots find the promise kept; the rest is not held once most have not.
     *
     * @param one gives a row of one input
     * @param other gives a row of the neighbouring input
     */
    boolean accepts(
            Function<UniformSource, NoisyRow> one, Function<UniformSource, NoisyRow> other) {
        int against = 0;
        for (int vote = 0; vote < VOTES && against <= VOTES / 2; vote++) {
            int seed = 2 * vote;
            List<NavigableMap<Long, Integer>> sides =
                    Stream.of(one, other)
                            .parallel()
                            .map(side -> sample(side, side == one ? seed : seed + 1))
                            .toList();
            if (!isKept(sides.get(0), sides.get(1))) {
                against++;
            }
        }
        return against <= VOTES / 2;
    }

    private static NavigableMap<Long, Integer> sample(
            Function<UniformSource, NoisyRow> mechanism, long seed) {
        UniformSource source = new SeededUniformSource(seed);
        Map<Long, Integer> counts = new HashMap<>();
        for (int i = 0; i < SAMPLES; i++) {
            counts.merge(outcome(mechanism.apply(source)), 1, Integer::sum);
        }
        return new TreeMap<>(counts);
    }

    private static long outcome(NoisyRow row) {
        return row.status() == RowStatus.SUPPRESSED ? Long.MIN_VALUE : row.value().longValueExact();
    }

    private boolean isKept(NavigableMap<Long, Integer> one, NavigableMap<Long, Integer> other) {
        double worst = Math.max(excess(one, other), excess(other, one));
        return worst <= delta + (1 + factor) * DEVIATION;
    }

    /** Largest P(A) - e^epsilon P'(A), estimated, over half-lines A to either side. */
    private double excess(NavigableMap<Long, Integer> one, NavigableMap<Long, Integer> other) {
        NavigableMap<Long, Double> gaps = new TreeMap<>();
        one.forEach((outcome, count) -> gaps.merge(outcome, (double) count, Double::sum));
        other.forEach((outcome, count) -> gaps.merge(outcome, -factor * count, Double::sum));
        return Math.max(largestPrefix(gaps), largestPrefix(gaps.descendingMap())) / SAMPLES;
    }

    private static double largestPrefix(Map<Long, Double> gaps) {
        double largest = 0;
        double sum = 0;
        for (double gap : gaps.values()) {
            sum += gap;
            largest = Math.max(largest, sum);
        }
        return largest;
    }
}
