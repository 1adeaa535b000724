package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultiScalarTest {

    /** Around the change to buckets, and around the changes of their width. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 99, 100, 101, 127, 128, 300, 1024})
    void sum_ofAnySize_isTheSumOfProducts(int size) {
        Products products = new Products(size);

        assertThat(MultiScalar.sum(products.points, products.scalars)).isEqualTo(products.sum());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 15, 16, 31, 32, 63, 64, 128})
    void bucketSum_ofAnySize_isTheSumOfProducts(int size) {
        Products products = new Products(size);

        assertThat(BucketSum.of(products.points, products.scalars)).isEqualTo(products.sum());
    }

    @Test
    void sum_onePointOverAndOver_doublesInTheBuckets() {
        List<ECPoint> points = Collections.nCopies(200, P256.GENERATOR);
        BigInteger[] scalars = new BigInteger[200];
        Arrays.fill(scalars, P256.ORDER.subtract(BigInteger.TWO));

        assertThat(MultiScalar.sum(points, scalars))
                .isEqualTo(P256.GENERATOR.multiply(BigInteger.valueOf(400)).negate());
    }

    @Test
    void sum_termsThatCancelOrVanish_isTheIdentity() {
        Products products = new Products(100);
        List<ECPoint> points = new ArrayList<>(products.points);
        products.points.forEach(point -> points.add(point.negate()));
        BigInteger[] scalars = Arrays.copyOf(products.scalars, 200);
        System.arraycopy(products.scalars, 0, scalars, 100, 100);
        BigInteger[] zeros = new BigInteger[100];
        Arrays.fill(zeros, BigInteger.ZERO);

        assertThat(MultiScalar.sum(points, scalars).isInfinity()).isTrue();
        assertThat(MultiScalar.sum(products.points, zeros).isInfinity()).isTrue();
    }

    @Test
    void bucketSum_identity_isRefused() {
        List<ECPoint> points = List.of(P256.CURVE.getInfinity());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> BucketSum.of(points, new BigInteger[] {BigInteger.ONE}))
                .withMessage("a point must not be the identity");
    }

    /** Points of known logarithms, so that their sum is known too. */
    private static final class Products {

        private final List<ECPoint> points = new ArrayList<>();
        private final BigInteger[] scalars;
        private BigInteger logarithms = BigInteger.ZERO;

        Products(int size) {
            Random random = new Random(size);
            scalars = new BigInteger[size];
            for (int i = 0; i < size; i++) {
                // Few different points, so that additions meet equal and opposite ones.
                BigInteger logarithm = BigInteger.valueOf(random.nextInt(9) - 4L);
                logarithm = logarithm.signum() == 0 ? BigInteger.TEN : logarithm;
                points.add(P256.GENERATOR.multiply(logarithm).normalize());
                scalars[i] = scalar(i, random);
                logarithms = logarithms.add(logarithm.multiply(scalars[i]));
            }
        }

        ECPoint sum() {
            return P256.GENERATOR.multiply(logarithms.mod(P256.ORDER));
        }

        /** Random ones and, in between, the ends of the range and long runs of equal bits. */
        private static BigInteger scalar(int i, Random random) {
            return switch (i % 8) {
                case 1 -> BigInteger.ZERO;
                case 2 -> BigInteger.ONE;
                case 3 -> P256.ORDER.subtract(BigInteger.ONE);
                case 4 -> BigInteger.ONE.shiftLeft(255);
                case 5 -> BigInteger.ONE.shiftLeft(200).subtract(BigInteger.ONE);
                default -> new BigInteger(320, random).mod(P256.ORDER);
            };
        }
    }
}
