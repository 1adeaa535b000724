package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AffineStepsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 50})
    void twiceAndAdd_anyPoints_areThoseOfTheCurve(int size) {
        List<ECPoint> left = points(size, 1);
        List<ECPoint> right = points(size, 2);
        AffineSteps steps = new AffineSteps(50);
        AffineLanes sums = AffineLanes.of(left);
        AffineLanes doubles = AffineLanes.of(left);

        steps.add(sums, AffineLanes.of(right));
        steps.twice(doubles);

        for (int i = 0; i < size; i++) {
            assertThat(sums.point(i)).isEqualTo(left.get(i).add(right.get(i)));
            assertThat(doubles.point(i)).isEqualTo(left.get(i).twice());
        }
    }

    @Test
    void add_equalPointsAmongOthers_doublesThem() {
        List<ECPoint> left = points(5, 1);
        List<ECPoint> right = Stream.concat(left.stream().limit(2), points(3, 2).stream()).toList();
        AffineLanes sums = AffineLanes.of(left);

        new AffineSteps(5).add(sums, AffineLanes.of(right));

        for (int i = 0; i < 5; i++) {
            assertThat(sums.point(i)).isEqualTo(left.get(i).add(right.get(i)));
        }
    }

    @Test
    void add_oppositePoints_isRefused() {
        List<ECPoint> points = points(2, 1);
        AffineLanes opposite = AffineLanes.of(List.of(points.get(1), points.get(1).negate()));

        assertThatIllegalStateException()
                .isThrownBy(() -> new AffineSteps(2).add(AffineLanes.of(points), opposite))
                .withMessage("a sum must not be the identity");
    }

    @Test
    void point_offTheCurve_isRefused() {
        AffineLanes lanes = AffineLanes.of(points(1, 1));
        lanes.y(0)[3] ^= 1 << 7;

        assertThatIllegalArgumentException().isThrownBy(() -> lanes.point(0));
    }

    private static List<ECPoint> points(int count, long seed) {
        Random random = new Random(seed);
        return Stream.generate(() -> new BigInteger(250, random))
                .limit(count)
                .map(logarithm -> P256.GENERATOR.multiply(logarithm).normalize())
                .toList();
    }
}
