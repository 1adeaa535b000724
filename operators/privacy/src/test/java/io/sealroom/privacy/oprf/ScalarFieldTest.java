package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;

class ScalarFieldTest {

    private static final BigInteger LAST = P256.ORDER.subtract(BigInteger.ONE);

    @Test
    void plusProduct_endsOfTheRange_areThoseOfPlainArithmetic() {
        List<BigInteger> ends =
                List.of(
                        BigInteger.ZERO,
                        BigInteger.ONE,
                        BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE),
                        P256.ORDER.shiftRight(1),
                        P256.ORDER.shiftRight(1).add(BigInteger.ONE),
                        LAST);
        for (BigInteger addend : ends) {
            for (BigInteger secret : ends) {
                for (BigInteger factor : ends) {
                    assertPlusProduct(addend, factor, secret);
                }
                assertPlusProduct(addend, P256.ORDER, secret);
            }
        }
    }

    @Test
    void plusProduct_randomNumbers_isThatOfPlainArithmetic() {
        Random random = new Random(256);
        for (int i = 0; i < 500; i++) {
            assertPlusProduct(below(random), below(random), below(random));
        }
    }

    @Test
    void reduce_multiplesOfTheOrderAndNeighbours_areThoseOfPlainArithmetic() {
        BigInteger most = BigInteger.ONE.shiftLeft(384).subtract(BigInteger.ONE);
        BigInteger multiple = most.subtract(most.mod(P256.ORDER));
        List<BigInteger> numbers =
                new ArrayList<>(List.of(BigInteger.ZERO, BigInteger.ONE, most, multiple));
        for (BigInteger product : new BigInteger[] {P256.ORDER, P256.ORDER.shiftLeft(1)}) {
            numbers.add(product.subtract(BigInteger.ONE));
            numbers.add(product);
            numbers.add(product.add(BigInteger.ONE));
        }
        // Between n and 2^256: one subtraction, and no carry that asks for it.
        numbers.add(BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE));
        for (BigInteger number : numbers) {
            assertReduced(number);
        }
    }

    @Test
    void reduce_randomNumbers_isThatOfPlainArithmetic() {
        Random random = new Random(384);
        for (int i = 0; i < 500; i++) {
            assertReduced(new BigInteger(384, random));
        }
    }

    private static void assertPlusProduct(BigInteger addend, BigInteger factor, BigInteger secret) {
        assertThat(new BigInteger(1, ScalarField.plusProduct(word(addend), factor, word(secret))))
                .isEqualTo(addend.add(factor.multiply(secret)).mod(P256.ORDER));
    }

    private static void assertReduced(BigInteger number) {
        byte[] reduced = ScalarField.reduce(BigIntegers.asUnsignedByteArray(48, number));

        assertThat(reduced).hasSize(32);
        assertThat(new BigInteger(1, reduced)).isEqualTo(number.mod(P256.ORDER));
    }

    private static BigInteger below(Random random) {
        return new BigInteger(512, random).mod(P256.ORDER);
    }

    private static byte[] word(BigInteger value) {
        return BigIntegers.asUnsignedByteArray(32, value);
    }
}
