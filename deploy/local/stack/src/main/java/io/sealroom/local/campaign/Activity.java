package io.sealroom.local.campaign;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws ranks by the law of Zipf and Mandelbrot: rank r with weight 1 / (r + 1 + shift). Few people
 * are very active, most hardly; the shift keeps the first from having it all.
 */
final class Activity {

    private final double[] cumulative;

    /**
     * @param ranks how many, at least 1
     * @param shift at least 0; 0 is Zipf's law
     */
    Activity(int ranks, double shift) {
        cumulative = new double[ranks];
        double sum = 0;
        for (int rank = 0; rank < ranks; rank++) {
            sum += 1 / (rank + 1 + shift);
            cumulative[rank] = sum;
        }
    }

    /** A rank, from 0. */
    int draw(SplittableRandom random) {
        double at = random.nextDouble() * cumulative[cumulative.length - 1];
        int found = Arrays.binarySearch(cumulative, at);
        int rank = found >= 0 ? found + 1 : -found - 1;
        return Math.min(rank, cumulative.length - 1);
    }
}
