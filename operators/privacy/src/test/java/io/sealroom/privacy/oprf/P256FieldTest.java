package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bouncycastle.math.raw.Nat256;
import org.junit.jupiter.api.Test;

class P256FieldTest {

    /** Around each power that the carry is folded into, around half the prime, and its ends. */
    @Test
    void addSubtractNegate_endsOfTheRange_areThoseOfPlainArithmetic() {
        List<BigInteger> ends = new ArrayList<>();
        for (int power : new int[] {0, 1, 32, 96, 192, 224, 255}) {
            addAround(ends, BigInteger.ONE.shiftLeft(power));
            addAround(ends, P256.FIELD.subtract(BigInteger.ONE.shiftLeft(power)));
        }
        addAround(ends, P256.FIELD);
        addAround(ends, P256.FIELD.shiftRight(1));
        addAround(ends, BigInteger.ONE.shiftLeft(256).subtract(P256.FIELD));
        for (BigInteger x : ends) {
            for (BigInteger y : ends) {
                assertSumAndDifference(x, y);
            }
        }
    }

    @Test
    void addSubtractNegate_randomNumbers_areThoseOfPlainArithmetic() {
        Random random = new Random(256);
        for (int i = 0; i < 2000; i++) {
            assertSumAndDifference(
                    new BigInteger(320, random).mod(P256.FIELD),
                    new BigInteger(320, random).mod(P256.FIELD));
        }
    }

    /** A sum between the prime and 2^256 has no carry that would tell. */
    @Test
    void add_sumWithoutCarryNotBelowThePrime_isBelow() {
        BigInteger half = P256.FIELD.shiftRight(1);
        for (int i = 1; i < 100; i++) {
            assertSumAndDifference(half.add(BigInteger.valueOf(i)), half);
        }
    }

    @Test
    void add_toItself_overwrites() {
        int[] x = words(P256.FIELD.subtract(BigInteger.TEN));

        P256Field.add(x, x, x);

        assertThat(Nat256.toBigInteger(x)).isEqualTo(P256.FIELD.subtract(BigInteger.valueOf(20)));
    }

    private static void addAround(List<BigInteger> numbers, BigInteger number) {
        for (int i = -1; i <= 1; i++) {
            numbers.add(number.add(BigInteger.valueOf(i)).mod(P256.FIELD));
        }
    }

    private static void assertSumAndDifference(BigInteger x, BigInteger y) {
        int[] sum = Nat256.create();
        int[] difference = Nat256.create();
        int[] negated = Nat256.create();

        P256Field.add(words(x), words(y), sum);
        P256Field.subtract(words(x), words(y), difference);
        P256Field.negate(words(x), negated);

        assertThat(Nat256.toBigInteger(sum)).isEqualTo(x.add(y).mod(P256.FIELD));
        assertThat(Nat256.toBigInteger(difference)).isEqualTo(x.subtract(y).mod(P256.FIELD));
        assertThat(Nat256.toBigInteger(negated)).isEqualTo(x.negate().mod(P256.FIELD));
    }

    private static int[] words(BigInteger value) {
        return Nat256.fromBigInteger(value);
    }
}
