package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OddDigitsTest {

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6})
    void of_anyScalar_addUpToItOrToItPlusTheOrder(int width) {
        for (BigInteger scalar : scalars()) {
            byte[] digits = OddDigits.of(SecretScalar.of(scalar), width);

            BigInteger sum = BigInteger.ZERO;
            for (int i = digits.length - 1; i >= 0; i--) {
                assertThat(digits[i] & 1).isEqualTo(1);
                assertThat((int) digits[i]).isBetween(1 - (1 << width), (1 << width) - 1);
                sum = sum.shiftLeft(width).add(BigInteger.valueOf(digits[i]));
            }
            assertThat(digits).hasSize(OddDigits.count(width));
            assertThat(digits[digits.length - 1]).isPositive();
            assertThat(sum)
                    .describedAs("%s", scalar)
                    .isEqualTo(scalar.testBit(0) ? scalar : scalar.add(P256.ORDER));
        }
    }

    private static List<BigInteger> scalars() {
        List<BigInteger> scalars = new ArrayList<>();
        for (int i = 1; i <= 70; i++) {
            scalars.add(BigInteger.valueOf(i));
            scalars.add(P256.ORDER.subtract(BigInteger.valueOf(i)));
            scalars.add(BigInteger.ONE.shiftLeft(3 * i));
            scalars.add(BigInteger.ONE.shiftLeft(3 * i + 1).subtract(BigInteger.ONE));
        }
        Random random = new Random(5);
        for (int i = 0; i < 200; i++) {
            scalars.add(new BigInteger(320, random).mod(P256.ORDER));
        }
        return scalars;
    }
}
