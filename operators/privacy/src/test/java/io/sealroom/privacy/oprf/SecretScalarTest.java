package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;

class SecretScalarTest {

    private static final BigInteger LAST = P256.ORDER.subtract(BigInteger.ONE);

    @Test
    void of_outsideTheRange_isRefused() {
        for (BigInteger value :
                List.of(
                        BigInteger.ZERO,
                        BigInteger.ONE.negate(),
                        P256.ORDER,
                        P256.ORDER.add(LAST))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SecretScalar.of(value))
                    .withMessage("a secret scalar must be in [1, n)");
        }
    }

    @Test
    void of_endsOfTheRange_areAccepted() {
        assertThat(SecretScalar.of(BigInteger.ONE).openSecret()).isEqualTo(BigInteger.ONE);
        assertThat(SecretScalar.of(LAST).openSecret()).isEqualTo(LAST);
    }

    @Test
    void inverse_times_isOne() {
        SecretScalar scalar = SecretScalar.random(new SecureRandom());

        assertThat(scalar.openSecret().multiply(scalar.inverse().openSecret()).mod(P256.ORDER))
                .isEqualTo(BigInteger.ONE);
    }

    @Test
    void random_drawsOutsideTheRange_areDrawnAgain() {
        ScriptedRandom random =
                new ScriptedRandom(
                        new byte[32],
                        BigIntegers.asUnsignedByteArray(32, P256.ORDER),
                        HexFormat.of().parseHex("ff".repeat(32)),
                        BigIntegers.asUnsignedByteArray(32, LAST));

        assertThat(SecretScalar.random(random).openSecret()).isEqualTo(LAST);
    }

    @Test
    void ofUniform_multipleOfTheOrder_isNone() {
        for (int multiple : new int[] {0, 1, 7}) {
            BigInteger number = P256.ORDER.multiply(BigInteger.valueOf(multiple));

            assertThat(SecretScalar.ofUniform(BigIntegers.asUnsignedByteArray(48, number)))
                    .isEmpty();
            assertThat(
                            SecretScalar.ofUniform(
                                            BigIntegers.asUnsignedByteArray(
                                                    48, number.add(BigInteger.TWO)))
                                    .orElseThrow()
                                    .openSecret())
                    .isEqualTo(BigInteger.TWO);
        }
    }

    @Test
    void plusProduct_erasedOperand_isRefused() {
        SecretScalar erased = SecretScalar.of(BigInteger.TEN);
        SecretScalar kept = SecretScalar.of(BigInteger.TWO);
        erased.erase();

        assertThat(kept.plusProduct(BigInteger.TEN, kept)).isEqualTo(BigInteger.valueOf(22));
        assertThatIllegalStateException()
                .isThrownBy(() -> erased.plusProduct(BigInteger.ONE, kept));
        assertThatIllegalStateException()
                .isThrownBy(() -> kept.plusProduct(BigInteger.ONE, erased));
    }

    @Test
    void multiplySecret_anyScalar_isTheReferenceProduct() {
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < 20; i++) {
            SecretScalar scalar = SecretScalar.random(random);
            assertProducts(scalar);
        }
        assertProducts(SecretScalar.of(BigInteger.ONE));
        assertProducts(SecretScalar.of(BigInteger.TWO));
        assertProducts(SecretScalar.of(LAST));
    }

    @Test
    void erase_then_opensNoMore() {
        SecretScalar scalar = SecretScalar.of(BigInteger.TEN);
        scalar.erase();

        assertThatIllegalStateException().isThrownBy(scalar::openSecret);
    }

    @Test
    void toString_always_isRedacted() {
        assertThat(SecretScalar.of(BigInteger.TEN)).hasToString("SecretScalar[redacted]");
    }

    private static void assertProducts(SecretScalar scalar) {
        var expected = ECAlgorithms.referenceMultiply(P256.GENERATOR, scalar.openSecret());

        assertThat(P256.multiplySecret(P256.GENERATOR, scalar)).isEqualTo(expected);
        assertThat(P256.multiplyGeneratorSecret(scalar)).isEqualTo(expected);
    }

    /** Answers with what it was given, in order. */
    private static final class ScriptedRandom extends SecureRandom {

        private final Deque<byte[]> answers;

        ScriptedRandom(byte[]... answers) {
            this.answers = new ArrayDeque<>(Arrays.asList(answers));
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(answers.remove(), 0, bytes, 0, bytes.length);
        }
    }
}
