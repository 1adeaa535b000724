package io.sealroom.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OprfRoundTest {

    @Test
    void measure_oneBatch_timesEveryStep() {
        Map<OprfStep, Double> micros = new OprfRound(16).measure(1);

        assertThat(micros).containsOnlyKeys(OprfStep.values());
        assertThat(micros.values()).allMatch(value -> value > 0);
    }
}
