package io.sealroom.privacy.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimeDecayTest {

    private static final long NEWEST = 1L << 40;
    private static final long LONGEST = (1L << 53) - 1;

    /** With a half-life of 64 ms the age is x. */
    private static final TimeDecay EXACT = new TimeDecay(64);

    @Test
    void weights_wholeHalfLives_powersOfTwo() {
        assertThat(EXACT.weights(at(4000), touches(4000, 3936, 3872, 1504)))
                .containsExactly(NEWEST, NEWEST / 2, NEWEST / 4, 2);
    }

    /** w = floor(2^(40 - x / 64)) says w^64 <= 2^(2560 - x) < (w + 1)^64, in whole numbers. */
    @Test
    void weights_everyStep_isTheFloor() {
        for (int x = 0; x < 2560; x++) {
            BigInteger weight = BigInteger.valueOf(weight(EXACT, x));
            BigInteger power = BigInteger.ONE.shiftLeft(2560 - x);
            assertThat(weight.pow(64)).as("x %s", x).isLessThanOrEqualTo(power);
            assertThat(weight.add(BigInteger.ONE).pow(64)).as("x %s", x).isGreaterThan(power);
        }
    }

    @Test
    void weights_fortyHalfLives_nothing() {
        assertThat(weight(EXACT, 2559)).isEqualTo(1);
        assertThat(weight(EXACT, 2560)).isZero();
        assertThat(weight(new TimeDecay(1), 39)).isEqualTo(2);
        assertThat(weight(new TimeDecay(1), 40)).isZero();
    }

    @Test
    void weights_allTooOld_firstInOrderTakesAll() {
        assertThat(EXACT.weights(at(9000), touches(10, 9))).containsExactly(1, 0);
    }

    @Test
    void weights_agesBetweenSteps_roundedDown() {
        TimeDecay day = new TimeDecay(86_400_000);
        // 1,350,000 ms are a sixty-fourth of a day.
        assertThat(weight(day, 1_349_999)).isEqualTo(NEWEST);
        assertThat(weight(day, 1_350_000)).isEqualTo(weight(EXACT, 1)).isLessThan(NEWEST);
        assertThat(weight(day, 86_399_999)).isEqualTo(weight(EXACT, 63));
        assertThat(weight(day, 86_400_000)).isEqualTo(NEWEST / 2);
    }

    @Test
    void weights_longestTimes_noOverflow() {
        TimeDecay slow = new TimeDecay(LONGEST);
        assertThat(weight(slow, LONGEST)).isEqualTo(NEWEST / 2);
        assertThat(weight(slow, LONGEST - 1)).isEqualTo(weight(EXACT, 63));
        assertThat(weight(new TimeDecay(1), LONGEST)).isZero();
    }

    @Test
    void weights_olderTouch_neverWeighsMore() {
        for (long seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            TimeDecay model = new TimeDecay(1 + random.nextLong(1L << random.nextInt(40)));
            long young = random.nextLong(1L << (1 + random.nextInt(45)));
            long old = young + random.nextLong(1L << (1 + random.nextInt(45)));
            // x is the floor of the whole fraction, whatever way it is computed.
            assertThat(weight(model, old))
                    .as("seed %s", seed)
                    .isEqualTo(naive(model, old))
                    .isLessThanOrEqualTo(weight(model, young));
        }
    }

    private static long naive(TimeDecay model, long age) {
        BigInteger x =
                BigInteger.valueOf(age)
                        .multiply(BigInteger.valueOf(64))
                        .divide(BigInteger.valueOf(model.halfLifeMillis()));
        return x.compareTo(BigInteger.valueOf(2560)) >= 0 ? 0 : weight(EXACT, x.longValueExact());
    }

    @Test
    void halfLife_notPositive_refused() {
        assertThatThrownBy(() -> new TimeDecay(0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Beside a touch of age 0, so that a weight of 0 is one. */
    private static long weight(TimeDecay model, long age) {
        return model.weights(at(LONGEST), touches(LONGEST, LONGEST - age))[1];
    }

    private static Conversion at(long time) {
        return new Conversion(time, 0, 1, 0);
    }

    private static List<Touch> touches(long... times) {
        return LongStream.of(times).mapToObj(time -> new Touch(time, 0, time, 0, false)).toList();
    }
}
