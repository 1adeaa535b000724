package io.sealroom.privacy.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CreditSplitTest {

    @Test
    void split_remainders_largestFirstThenSmallerIndex() {
        assertThat(CreditSplit.split(10, new long[] {1, 1, 1})).containsExactly(4, 3, 3);
        assertThat(CreditSplit.split(11, new long[] {1, 1, 1})).containsExactly(4, 4, 3);
        assertThat(CreditSplit.split(1, new long[] {1, 3})).containsExactly(0, 1);
        assertThat(CreditSplit.split(101, new long[] {40, 20, 40})).containsExactly(41, 20, 40);
    }

    @Test
    void split_weightsAndAmountAtTheLimit_noOverflow() {
        assertThat(CreditSplit.split(Long.MAX_VALUE, new long[] {Long.MAX_VALUE - 1, 1}))
                .containsExactly(Long.MAX_VALUE - 1, 1);
    }

    @Test
    void split_random_sumsExactlyAndStaysWithinOneOfTheShare() {
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            long amount = random.nextLong(1L << (1 + random.nextInt(62)));
            long[] weights = new long[1 + random.nextInt(10)];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = random.nextInt(3) == 0 ? 0 : random.nextLong(1L << random.nextInt(58));
            }
            weights[random.nextInt(weights.length)] = 1L + random.nextInt(5);
            BigInteger sum = BigInteger.valueOf(Arrays.stream(weights).sum());

            long[] parts = CreditSplit.split(amount, weights);

            assertThat(Arrays.stream(parts).sum()).as("seed %s", seed).isEqualTo(amount);
            for (int i = 0; i < parts.length; i++) {
                // |part - amount * weight / sum| < 1, multiplied by sum.
                BigInteger gap =
                        BigInteger.valueOf(parts[i])
                                .multiply(sum)
                                .subtract(
                                        BigInteger.valueOf(amount)
                                                .multiply(BigInteger.valueOf(weights[i])));
                assertThat(gap.abs()).as("seed %s", seed).isLessThan(sum);
                assertThat(weights[i] > 0 || parts[i] == 0).as("seed %s", seed).isTrue();
            }
        }
    }

    @Test
    void split_badArguments_refused() {
        assertThatThrownBy(() -> CreditSplit.split(-1, new long[] {1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CreditSplit.split(1, new long[] {}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CreditSplit.split(1, new long[] {0, 0}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CreditSplit.split(1, new long[] {2, -1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CreditSplit.split(1, new long[] {Long.MAX_VALUE, 1}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
