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

    private static OverlapQuery overlap(
            @Nullable String exposing, @Nullable Loss reach, @Nullable Loss cells) {
        return new OverlapQuery(
                "overlap",
                IdentifierKind.EMAIL,
                3_600_000,
                List.of("publisher", "advertiser"),
                exposing,
                4,
                3,
                50,
                Loss.epsilon("1"),
                reach,
                cells,
                null);
    }

    private static AttributionQuery attribution(@Nullable Loss value) {
        return new AttributionQuery(
                "attribution",
                IdentifierKind.EMAIL,
                3_600_000,
                AttributionModel.LAST_TOUCH,
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
                Loss.epsilon("1"),
                value,
                null,
                null);
    }

    private static MechanismEntry entry(
            Metric metric, long numerator, long denominator, long threshold) {
        return new MechanismEntry(
                metric,
                1,
                BigInteger.valueOf(numerator),
                BigInteger.valueOf(denominator),
                BigInteger.valueOf(threshold));
    }
}
