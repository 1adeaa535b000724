package io.sealroom.privacy.dp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.schemas.policy.AttributionModel;
import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.Loss;
import io.sealroom.schemas.policy.OverlapQuery;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.Metric;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryFamiliesTest {

    @Test
    void of_overlapWithEverything_totalThenEachReachThenCells() {
        QueryFamilies families =
                QueryFamilies.of(overlap("publisher", Loss.epsilon("0.5"), Loss.epsilon("2")), 0);
        assertThat(families.mechanisms())
                .containsExactly(
                        entry(Metric.OVERLAP_TOTAL, 4, 1, 50),
                        entry(Metric.REACH, 8, 1, 50),
                        entry(Metric.REACH, 8, 1, 50),
                        entry(Metric.OVERLAP_CELL, 6, 1, 50));
        assertThat(families.microRho()).isEqualTo(500_000 + 125_000 + 125_000 + 2_000_000);
        assertThat(families.family(Metric.REACH).noise().parameter()).isEqualTo(Rational.of(8, 1));
    }

    @Test
    void of_overlapWithTotalOnly_oneFamily() {
        QueryFamilies families = QueryFamilies.of(overlap(null, null, null), 0);
        assertThat(families.families())
                .extracting(Family::metric)
                .containsExactly(Metric.OVERLAP_TOTAL);
        assertThatThrownBy(() -> families.family(Metric.REACH))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void of_attribution_countInMillionthsThenValueWithTheThresholdOfTheCount() {
        QueryFamilies families = QueryFamilies.of(attribution(Loss.epsilon("0.3")), 0);
        assertThat(families.mechanisms())
                .containsExactly(
                        entry(Metric.COUNT, 4_000_000, 1, 20_000_000),
                        entry(Metric.VALUE, 2_000_000, 3, 20_000_000));
        assertThat(families.microRho()).isEqualTo(500_000 + 45_000);
    }

    @Test
    void of_attributionWithoutValue_countOnly() {
        assertThat(QueryFamilies.of(attribution(null), 0).mechanisms())
                .containsExactly(entry(Metric.COUNT, 4_000_000, 1, 20_000_000));
    }

    /** W / (2 rho) and 1 / epsilon. */
    @Test
    void of_overlapInBothMeasures_capsLastAndCharged() {
        QueryFamilies families =
                QueryFamilies.of(
                        overlap(null, Loss.rho("0.25"), null, null, Loss.epsilon("0.5")), 0);
        assertThat(families.mechanisms())
                .containsExactly(
                        gaussian(Metric.OVERLAP_TOTAL, 8, 1, 50), entry(Metric.CAPS, 2, 1, 50));
        assertThat(families.microRho()).isEqualTo(250_000 + 125_000);
    }

    /** C = 2, N = 3, V = 50,000. */
    @Test
    void of_attributionInBothMeasures_thresholdsOfMillionthsAndOfPeople() {
        QueryFamilies families =
                QueryFamilies.of(
                        attribution(
                                AttributionModel.LINEAR,
                                Loss.rho("0.5"),
                                Loss.epsilon("1"),
                                Loss.rho("0.125"),
                                Loss.epsilon("0.2")),
                        0);
        assertThat(families.mechanisms())
                .containsExactly(
                        gaussian(Metric.COUNT, 8_000_000_000_000L, 1, 20_000_000),
                        entry(Metric.VALUE, 200_000, 1, 20_000_000),
                        gaussian(Metric.CONVERTERS, 48, 1, 20),
                        entry(Metric.CAPS, 5, 1, 20));
        assertThat(families.microRho()).isEqualTo(500_000 + 500_000 + 125_000 + 20_000);
    }

    @ParameterizedTest
    @CsvSource({
        "LAST_TOUCH, 4",
        "FIRST_TOUCH, 4",
        "LINEAR, 12",
        "POSITION, 12",
        "TIME_DECAY, 12",
    })
    void of_converters_timesTheTouchesThatShareTheCredit(AttributionModel model, long scale) {
        QueryFamilies families =
                QueryFamilies.of(
                        attribution(model, Loss.epsilon("1"), null, Loss.epsilon("1"), null), 0);
        assertThat(families.family(Metric.CONVERTERS).mechanism())
                .isEqualTo(entry(Metric.CONVERTERS, scale, 1, 20));
    }

    @Test
    void of_lookBackOverEpochs_fiveTimesTheConversions() {
        QueryFamilies families =
                QueryFamilies.of(
                        attribution(
                                AttributionModel.LAST_TOUCH, Loss.epsilon("1"), null, null, null),
                        1);
        assertThat(families.mechanisms())
                .containsExactly(entry(Metric.COUNT, 10_000_000, 1, 20_000_000));
        assertThat(families.microRho()).isEqualTo(500_000);
    }

    private static OverlapQuery overlap(
            @Nullable String exposing, @Nullable Loss reach, @Nullable Loss cells) {
        return overlap(exposing, Loss.epsilon("1"), reach, cells, null);
    }

    private static OverlapQuery overlap(
            @Nullable String exposing,
            Loss total,
            @Nullable Loss reach,
            @Nullable Loss cells,
            @Nullable Loss caps) {
        return new OverlapQuery(
                "overlap",
                IdentifierKind.EMAIL,
                3_600_000,
                List.of("publisher", "advertiser"),
                exposing,
                4,
                3,
                50,
                total,
                reach,
                cells,
                caps);
    }

    private static AttributionQuery attribution(@Nullable Loss value) {
        return attribution(AttributionModel.LAST_TOUCH, Loss.epsilon("1"), value, null, null);
    }

    private static AttributionQuery attribution(
            AttributionModel model,
            Loss count,
            @Nullable Loss value,
            @Nullable Loss converters,
            @Nullable Loss caps) {
        return new AttributionQuery(
                "attribution",
                IdentifierKind.EMAIL,
                3_600_000,
                model,
                List.of("publisher"),
                "advertiser",
                1000,
                100,
                0,
                10,
                true,
                3,
                2,
                50_000,
                20,
                0,
                count,
                value,
                converters,
                caps);
    }

    private static MechanismEntry entry(
            Metric metric, long numerator, long denominator, long threshold) {
        return entry(metric, MechanismEntry.DISCRETE_LAPLACE, numerator, denominator, threshold);
    }

    private static MechanismEntry gaussian(
            Metric metric, long numerator, long denominator, long threshold) {
        return entry(metric, MechanismEntry.DISCRETE_GAUSSIAN, numerator, denominator, threshold);
    }

    private static MechanismEntry entry(
            Metric metric, int mechanism, long numerator, long denominator, long threshold) {
        return new MechanismEntry(
                metric,
                mechanism,
                BigInteger.valueOf(numerator),
                BigInteger.valueOf(denominator),
                BigInteger.valueOf(threshold));
    }
}
