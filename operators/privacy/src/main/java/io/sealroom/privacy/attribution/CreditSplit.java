package io.sealroom.privacy.attribution;

import java.math.BigInteger;

/**
 * Splits an amount in proportion to weights into integers that sum to it exactly: largest
 * remainder, ties to the smaller index, which is the touch that is earlier in order.
 */
public final class CreditSplit {

    private CreditSplit() {}

    /**
     * One part for each weight; none differs from its exact share by 1 or more.
     *
     * @param amount 0 or more
     * @param weights 0 or more each, with a positive sum that fits a long
     * @throws IllegalArgumentException for other amounts or weights
     */
    public static long[] split(long amount, long[] weights) {
        long sum = sum(weights);
        if (amount < 0) {
            throw new IllegalArgumentException("amount must not be negative");
        }
        long[] parts = new long[weights.length];
        long[] remainders = new long[weights.length];
        long left = amount;
        BigInteger divisor = BigInteger.valueOf(sum);
        for (int i = 0; i < weights.length; i++) {
            BigInteger[] share =
                    BigInteger.valueOf(amount)
                            .multiply(BigInteger.valueOf(weights[i]))
                            .divideAndRemainder(divisor);
            parts[i] = share[0].longValueExact();
            remainders[i] = share[1].longValueExact();
            left -= parts[i];
        }
        // What is left is the sum of the remainders over the divisor: fewer units than there are
        // remainders above 0, so no weight of 0 ever gets one.
        for (; left > 0; left--) {
            int largest = 0;
            for (int i = 1; i < remainders.length; i++) {
                if (remainders[i] > remainders[largest]) {
                    largest = i;
                }
            }
            parts[largest]++;
            remainders[largest] = 0;
        }
        return parts;
    }

    private static long sum(long[] weights) {
        long sum = 0;
        for (long weight : weights) {
            if (weight < 0 || sum > Long.MAX_VALUE - weight) {
                throw new IllegalArgumentException(
                        "weights must not be negative and their sum must fit a long");
            }
            sum += weight;
        }
        if (sum == 0) {
            throw new IllegalArgumentException("weights must have a positive sum");
        }
        return sum;
    }
}
