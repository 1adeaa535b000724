package io.sealroom.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class OprfReportTest {

    private static final Offset<Double> NEAR = Offset.offset(1e-9);

    @Test
    void ratios_ofThreeRounds_areThoseOfTheMedians() {
        OprfReport report = new OprfReport();
        // The second round was disturbed.
        report.add(20_000, new PsiPeer.Round(400, 300, 300), steps(100));
        report.add(10, new PsiPeer.Round(9000, 9000, 9000), steps(9000));
        report.add(25_000, new PsiPeer.Round(500, 400, 300), steps(110));

        assertThat(report.opensslMicros()).isEqualTo(50, NEAR);
        assertThat(report.evaluateRatio()).isEqualTo(50.0 / 110, NEAR);
        // Blind and combine once, four steps for each partner.
        assertThat(report.pathMicros(1)).isEqualTo(6 * 110, NEAR);
        assertThat(report.pathMicros(3)).isEqualTo(14 * 110, NEAR);
        assertThat(report.pathRatio()).isEqualTo(1200.0 / 660, NEAR);
        assertThat(report.rows()).containsEntry("psi.js, whole path", 1200.0);
    }

    @Test
    void median_evenNumber_isTheMiddleOfTwo() {
        assertThat(OprfReport.median(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(2.5);
    }

    private static Map<OprfStep, Double> steps(double micros) {
        Map<OprfStep, Double> steps = new EnumMap<>(OprfStep.class);
        for (OprfStep step : OprfStep.values()) {
            steps.put(step, micros);
        }
        return steps;
    }
}
