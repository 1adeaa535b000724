package io.sealroom.privacy.attribution;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * A touch weighs half of one that is a half-life younger. Ages are counted in whole sixty-fourths
 * of the half-life, x = floor(64 * age / halfLife), and the weight is floor(2^(40 - x / 64)), an
 * integer that every implementation gets alike; from 40 half-lives on it is 0. Where every touch
 * weighs 0 the first in order takes all.
 *
 * @param halfLifeMillis at least 1
 */
record TimeDecay(long halfLifeMillis) implements CreditModel {

    private static final int STEPS = 64;
    private static final int NEWEST_BITS = 40;

    /** Weights within the first half-life; those of the next are these, shifted by one bit. */
    private static final long[] WEIGHTS = weights();

    TimeDecay {
        if (halfLifeMillis < 1) {
            throw new IllegalArgumentException(
                    "halfLifeMillis must be positive, got " + halfLifeMillis);
        }
    }

    private static long[] weights() {
        long[] weights = new long[STEPS];
        for (int x = 0; x < STEPS; x++) {
            // The 64th root of 2^(64 * 40 - x): floors of nested roots are the floor of the root.
            BigInteger root = BigInteger.ONE.shiftLeft(STEPS * NEWEST_BITS - x);
            for (int degree = 1; degree < STEPS; degree *= 2) {
                root = root.sqrt();
            }
            weights[x] = root.longValueExact();
        }
        return weights;
    }

    @Override
    public long[] weights(Conversion conversion, List<Touch> touches) {
        long[] weights = new long[touches.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = weight(conversion.time() - touches.get(i).time());
        }
        if (Arrays.stream(weights).allMatch(weight -> weight == 0)) {
            weights[0] = 1;
        }
        return weights;
    }

    /**
     * @param age milliseconds, 0 or more
     */
    private long weight(long age) {
        // Times are below 2^53, so the product fits.
        long steps = age * STEPS / halfLifeMillis;
        return steps < STEPS * NEWEST_BITS ? WEIGHTS[(int) (steps % STEPS)] >>> (steps / STEPS) : 0;
    }
}
