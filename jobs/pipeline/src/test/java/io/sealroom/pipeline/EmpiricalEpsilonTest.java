package io.sealroom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EmpiricalEpsilonTest {

    /** No hit at all: the other frequency is at most 1 - ERROR^(1/n), and likewise for all hits. */
    @Test
    void lowerBound_alwaysAndNever_closedForm() {
        EmpiricalEpsilon found = counted(100, 100, 0, 100);
        double lowest = Math.pow(EmpiricalEpsilon.ERROR, 0.01);
        assertThat(found.lowerBound()).isCloseTo(Math.log(lowest / (1 - lowest)), within(1e-9));
    }

    @Test
    void lowerBound_sameFrequencies_belowZero() {
        assertThat(counted(500, 1000, 500, 1000).lowerBound()).isNegative();
    }

    @Test
    void lowerBound_manyTrials_belowTheLogOfTheRatioAndNearIt() {
        assertThat(counted(7_500, 10_000, 2_500, 10_000).lowerBound())
                .isBetween(Math.log(3) - 0.12, Math.log(3) - 0.08);
    }

    private static EmpiricalEpsilon counted(int hits, int trials, int otherHits, int otherTrials) {
        EmpiricalEpsilon found = new EmpiricalEpsilon();
        for (int i = 0; i < trials; i++) {
            found.add(i < hits);
        }
        for (int i = 0; i < otherTrials; i++) {
            found.addOther(i < otherHits);
        }
        return found;
    }
}
