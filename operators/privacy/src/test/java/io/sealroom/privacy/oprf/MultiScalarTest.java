package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultiScalarTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 47, 48, 64, 100, 300, 1024})
    void sum_ofAnySize_isTheSumOfProducts(int size) {
        Random random = new Random(size);
        List<ECPoint> points = new ArrayList<>();
        BigInteger[] scalars = new BigInteger[size];
        BigInteger expected = BigInteger.ZERO;
        for (int i = 0; i < size; i++) {
            // Few different points, so that additions meet equal and opposite ones.
            BigInteger logarithm = BigInteger.valueOf(random.nextInt(9) - 4L);
            logarithm = logarithm.signum() == 0 ? BigInteger.TEN : logarithm;
            points.add(P256.GENERATOR.multiply(logarithm).normalize());
            scalars[i] = scalar(i, random);
            expected = expected.add(logarithm.multiply(scalars[i]));
        }

        assertThat(MultiScalar.sum(points, scalars))
                .isEqualTo(P256.GENERATOR.multiply(expected.mod(P256.ORDER)));
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
