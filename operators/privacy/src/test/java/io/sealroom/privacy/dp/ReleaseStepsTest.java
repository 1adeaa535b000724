package io.sealroom.privacy.dp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.schemas.release.RowStatus;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class ReleaseStepsTest {

    private static final BigInteger K = BigInteger.valueOf(50);
    private static final BigInteger WORD_MAX =
            BigInteger.ONE.shiftLeft(255).subtract(BigInteger.ONE);
    private static final BigInteger WORD_MIN = BigInteger.ONE.shiftLeft(255).negate();
    private static final DiscreteLaplace NOISE = new DiscreteLaplace(Rational.of(3, 2));

    @Test
    void addNoise_sameStream_isTotalPlusTheSample() {
        BigInteger sample = NOISE.sample(new SeededUniformSource(11));
        NoisyRow row =
                CappedTotal.of(1000)
                        .addNoise(NOISE, new SeededUniformSource(11))
                        .threshold(BigInteger.ZERO);
        assertThat(row).isEqualTo(NoisyRow.shown(sample.add(BigInteger.valueOf(1000))));
    }

    @Test
    void addNoise_secondTime_refused() {
        CappedTotal total = CappedTotal.of(1000);
        total.addNoise(NOISE, new SeededUniformSource(1));
        assertThatThrownBy(() -> total.addNoise(NOISE, new SeededUniformSource(2)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void threshold_atK_shown() {
        NoisyRow row = new NoisyTotal(K).threshold(K);
        assertThat(row.status()).isEqualTo(RowStatus.OK);
        assertThat(row.value()).isEqualTo(K);
    }

    @Test
    void threshold_belowK_suppressedWithValueZero() {
        NoisyRow row = new NoisyTotal(K.subtract(BigInteger.ONE)).threshold(K);
        assertThat(row.status()).isEqualTo(RowStatus.SUPPRESSED);
        assertThat(row.value()).isZero();
    }

    @Test
    void threshold_negativeNoisyCount_suppressedEvenAtZero() {
        assertThat(new NoisyTotal(BigInteger.valueOf(-1)).threshold(BigInteger.ZERO).status())
                .isEqualTo(RowStatus.SUPPRESSED);
    }

    @Test
    void threshold_negative_refused() {
        assertThatThrownBy(() -> new NoisyTotal(K).threshold(BigInteger.valueOf(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void following_countSuppressed_valueSuppressedWhateverItIs() {
        assertThat(new NoisyTotal(BigInteger.valueOf(1_000_000)).following(NoisyRow.suppressed()))
                .isEqualTo(NoisyRow.suppressed());
    }

    @Test
    void following_countShown_valueShownWhateverItIs() {
        BigInteger negative = BigInteger.valueOf(-12);
        assertThat(new NoisyTotal(negative).following(NoisyRow.shown(K)))
                .isEqualTo(NoisyRow.shown(negative));
    }

    @Test
    void row_edgesOfTheWord_fit() {
        assertThat(NoisyRow.shown(WORD_MAX).value()).isEqualTo(WORD_MAX);
        assertThat(NoisyRow.shown(WORD_MIN).value()).isEqualTo(WORD_MIN);
    }

    @Test
    void row_beyondTheWord_refusedWithoutNamingTheValue() {
        NoisyTotal beyond = new NoisyTotal(WORD_MAX.add(BigInteger.ONE));
        assertThatThrownBy(() -> beyond.threshold(K))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("a row's value must fit int256");
        NoisyTotal below = new NoisyTotal(WORD_MIN.subtract(BigInteger.ONE));
        assertThatThrownBy(() -> below.following(NoisyRow.shown(K)))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void row_suppressedWithValue_refused() {
        assertThatThrownBy(() -> new NoisyRow(BigInteger.ONE, RowStatus.SUPPRESSED))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toString_beforeTheThreshold_redacted() {
        assertThat(CappedTotal.of(123_456_789)).asString().doesNotContain("123456789");
        assertThat(new NoisyTotal(BigInteger.valueOf(987_654_321)))
                .asString()
                .doesNotContain("987654321");
    }
}
