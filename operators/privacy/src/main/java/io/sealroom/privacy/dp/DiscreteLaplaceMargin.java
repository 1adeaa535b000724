package io.sealroom.privacy.dp;

/**
 * The 95 % margin of discrete Laplace noise, to print beside a row: with probability at least 0.95
 * the capped total lies within the margin of the noisy one.
 *
 * <p>For display only, and therefore the one class of this package with floating point: nothing it
 * returns is hashed, charged, compared with a threshold or used to sample.
 */
public final class DiscreteLaplaceMargin {

    private static final double TAIL = 0.05;

    private DiscreteLaplaceMargin() {}

    /**
     * The smallest m with P(|X| &gt; m) at most 0.05; about {@link Long#MAX_VALUE} if it is beyond
     * that.
     */
    public static long of(DiscreteLaplace noise) {
        double scale =
                noise.scale().numerator().doubleValue() / noise.scale().denominator().doubleValue();
        // P(|X| > m) = 2 q^(m+1) / (1 + q) with q = exp(-1 / scale). Solved for m: at most TAIL
        // from
        // m + 1 = scale * ln(2 / (TAIL (1 + q))) on.
        double ratio = Math.exp(-1 / scale);
        double tails = scale * Math.log(2 / (TAIL * (1 + ratio)));
        return Math.max(0, (long) Math.ceil(tails) - 1);
    }
}
