package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretProductsTest {

    /** Around the 256 that go together at most. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 11, 12, 13, 255, 256, 257, 269})
    void multiply_anyNumber_areTheProductsOneByOne(int size) {
        Random random = new Random(size);
        List<ECPoint> points = new ArrayList<>();
        List<SecretScalar> scalars = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            // Some points stand twice and some beside their opposite: lanes must not meet.
            BigInteger logarithm = i % 5 == 0 ? BigInteger.TEN : new BigInteger(250, random);
            ECPoint point = P256.GENERATOR.multiply(logarithm).normalize();
            points.add(i % 3 == 0 ? point.negate() : point);
            scalars.add(SecretScalar.of(new BigInteger(320, random).mod(P256.ORDER)));
        }

        assertProducts(points, scalars);
    }

    @Test
    void multiply_scalarsNearTheEnds_whereSumAndTermMeet() {
        // The last addition doubles for 2d and n - 2d, d a digit: 2, 6, ... 62.
        List<SecretScalar> scalars = new ArrayList<>();
        for (int i = 1; i <= 70; i++) {
            scalars.add(SecretScalar.of(BigInteger.valueOf(i)));
            scalars.add(SecretScalar.of(P256.ORDER.subtract(BigInteger.valueOf(i))));
            scalars.add(SecretScalar.of(BigInteger.ONE.shiftLeft(3 * i)));
        }

        assertProducts(Collections.nCopies(scalars.size(), P256.GENERATOR), scalars);
    }

    @Test
    void multiply_identity_isRefused() {
        for (int size : new int[] {1, 20}) {
            List<ECPoint> points = new ArrayList<>(Collections.nCopies(size, P256.GENERATOR));
            points.set(size - 1, P256.CURVE.getInfinity());
            List<SecretScalar> scalars = Collections.nCopies(size, SecretScalar.of(BigInteger.TEN));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SecretProducts.multiply(points, scalars))
                    .withMessage("a point must not be the identity");
        }
    }

    @Test
    void multiply_erasedScalar_isRefused() {
        SecretScalar erased = SecretScalar.of(BigInteger.TEN);
        erased.erase();

        for (int size : new int[] {1, 20}) {
            List<ECPoint> points = Collections.nCopies(size, P256.GENERATOR);

            assertThatIllegalStateException()
                    .isThrownBy(
                            () ->
                                    SecretProducts.multiply(
                                            points, Collections.nCopies(size, erased)));
        }
    }

    private static void assertProducts(List<ECPoint> points, List<SecretScalar> scalars) {
        List<ECPoint> products = SecretProducts.multiply(points, scalars);

        assertThat(products).hasSize(points.size());
        for (int i = 0; i < products.size(); i++) {
            assertThat(products.get(i))
                    .describedAs("lane %d", i)
                    .isEqualTo(points.get(i).multiply(scalars.get(i).openSecret()));
        }
    }
}
