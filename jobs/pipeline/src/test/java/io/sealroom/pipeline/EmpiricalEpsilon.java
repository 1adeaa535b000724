package io.sealroom.pipeline;

/**
 * A lower bound of epsilon from how often an event happened on each of two neighbouring inputs.
 * Both frequencies have exact bounds (Clopper and Pearson 1934), each wrong with probability {@link
 * #ERROR} at most; if neither is, P(event) is at most e^epsilon P'(event) for no smaller epsilon
 * than this one.
 */
final class EmpiricalEpsilon {

    /** A bound is too high with twice this probability at most. */
    static final double ERROR = 1e-5;

    private static final int HALVINGS = 50;

    private int hits;
    private int trials;
    private int otherHits;
    private int otherTrials;

    /** Counts a trial on the one input. */
    void add(boolean happened) {
        trials++;
        hits += happened ? 1 : 0;
    }

    /** Counts a trial on the neighbouring input. */
    void addOther(boolean happened) {
        otherTrials++;
        otherHits += happened ? 1 : 0;
    }

    int trials() {
        return trials + otherTrials;
    }

    /** The bound. */
    double lowerBound() {
        // The upper bound of a frequency is 1 minus the lower one of what is left.
        return Math.log(lowest(hits, trials) / (1 - lowest(otherTrials - otherHits, otherTrials)));
    }

    /** The probability at which so many hits or more have a chance of {@link #ERROR}. */
    private static double lowest(int hits, int trials) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (atLeast(hits, trials, middle) < ERROR) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** P(X &gt;= hits), X binomial. */
    private static double atLeast(int hits, int trials, double probability) {
        double logOdds = Math.log(probability) - Math.log1p(-probability);
        double logTerm = trials * Math.log1p(-probability);
        double sum = 0;
        for (int k = 0; k <= trials; k++) {
            if (k >= hits) {
                sum += Math.exp(logTerm);
            }
            logTerm += Math.log((double) (trials - k) / (k + 1)) + logOdds;
        }
        return sum;
    }
}
