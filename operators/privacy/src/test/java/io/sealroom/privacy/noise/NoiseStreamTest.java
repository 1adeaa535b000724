package io.sealroom.privacy.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealroom.schemas.hash.Bytes32;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseStreamTest {

    private final NoiseFixture fixture = NoiseFixture.load();
    private final NoiseKeys keys = NoiseKeys.derive(fixture.context(), fixture.shares());

    @Test
    void below_goldenBounds_sameNumbersInOrder() {
        NoiseStream stream = keys.stream(0, Bytes32.ZERO, 0);
        for (JsonNode draw : fixture.golden().get("draws").get("values")) {
            assertThat(stream.below(new BigInteger(draw.get(0).textValue())))
                    .isEqualTo(new BigInteger(draw.get(1).textValue()));
        }
    }

    @Test
    void below_one_isZeroAndTakesNoBytes() {
        NoiseStream asked = keys.stream(0, Bytes32.ZERO, 1);
        for (int i = 0; i < 100; i++) {
            assertThat(asked.below(BigInteger.ONE)).isZero();
        }
        BigInteger bound = BigInteger.ONE.shiftLeft(128);
        assertThat(asked.below(bound)).isEqualTo(keys.stream(0, Bytes32.ZERO, 1).below(bound));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 16, 17, 100, 257})
    void below_manyDraws_areUniform(int bound) {
        NoiseStream stream = keys.stream(1, Bytes32.ZERO, bound);
        int draws = 200 * bound;
        int[] seen = new int[bound];
        for (int i = 0; i < draws; i++) {
            seen[stream.below(BigInteger.valueOf(bound)).intValueExact()]++;
        }
        double statistic = 0;
        for (int count : seen) {
            statistic += (count - 200.0) * (count - 200.0) / 200.0;
        }
        // Chi-square with bound - 1 degrees: mean bound - 1, variance 2 (bound - 1). The stream is
        // fixed, so this passes or fails for good.
        assertThat(statistic).isLessThan(bound - 1 + 5 * Math.sqrt(2.0 * bound) + 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void below_boundNotPositive_refused(int bound) {
        NoiseStream stream = keys.stream(0, Bytes32.ZERO, 0);
        assertThatThrownBy(() -> stream.below(BigInteger.valueOf(bound)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
