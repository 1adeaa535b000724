package io.sealroom.local.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ActivityTest {

    @Test
    void draw_withoutShift_givesFirstRankTwiceTheSecond() {
        Activity activity = new Activity(3, 0);
        SplittableRandom random = new SplittableRandom(1);
        int[] counts = new int[3];
        for (int i = 0; i < 110_000; i++) {
            counts[activity.draw(random)]++;
        }

        // Weights 1, 1/2, 1/3 of 11/6; the bound is six standard deviations.
        assertThat(counts[0]).isBetween(59_000, 61_000);
        assertThat(counts[1]).isBetween(29_000, 31_000);
        assertThat(counts[2]).isBetween(19_000, 21_000);
    }

    @Test
    void draw_ofOneRank_isThatRank() {
        assertThat(new Activity(1, 5).draw(new SplittableRandom(1))).isZero();
    }
}
