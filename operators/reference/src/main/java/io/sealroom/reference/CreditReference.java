package io.sealroom.reference;

import io.sealroom.schemas.policy.AttributionQuery;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** How one conversion is shared among its touches (DESIGN 6 rule 5). */
final class CreditReference {

    /** A weight of time decay halves in so many steps. */
    private static final int HALF_LIFE_STEPS = 64;

    /** The weight of age 0, in bits. */
    private static final int WHOLE_BITS = 40;

    /** By steps of age; beyond its end a weight is 0. */
    private static final List<BigInteger> DECAY =
            IntStream.range(0, WHOLE_BITS * HALF_LIFE_STEPS)
                    .mapToObj(CreditReference::decayed)
                    .toList();

    private CreditReference() {}

    /**
     * Shares of the touches in the whole, as ratios.
     *
     * @param ages of the touches, first in order first, milliseconds
     */
    static List<BigInteger> weights(AttributionQuery query, List<Long> ages) {
        int touches = ages.size();
        return switch (query.model()) {
            case LAST_TOUCH -> onlyAt(0, touches);
            case FIRST_TOUCH -> onlyAt(touches - 1, touches);
            case LINEAR -> Collections.nCopies(touches, BigInteger.ONE);
            case POSITION -> position(touches);
            case TIME_DECAY -> timeDecay(query.halfLifeMillis(), ages);
        };
    }

    private static List<BigInteger> onlyAt(int index, int touches) {
        List<BigInteger> weights = new ArrayList<>(Collections.nCopies(touches, BigInteger.ZERO));
        weights.set(index, BigInteger.ONE);
        return weights;
    }

    /** 40 % each for the ends, the rest for those between; without any between, half each. */
    private static List<BigInteger> position(int touches) {
        if (touches < 3) {
            return Collections.nCopies(touches, BigInteger.ONE);
        }
        // An end has 2/5 and one of m between has 1/(5m): as 2m to 1.
        List<BigInteger> weights = new ArrayList<>(Collections.nCopies(touches, BigInteger.ONE));
        weights.set(0, BigInteger.valueOf(2L * (touches - 2)));
        weights.set(touches - 1, BigInteger.valueOf(2L * (touches - 2)));
        return weights;
    }

    /** Half the weight for every half-life of age; the first one's if all have none. */
    private static List<BigInteger> timeDecay(long halfLifeMillis, List<Long> ages) {
        List<BigInteger> weights =
                ages.stream()
                        .map(
                                age ->
                                        BigInteger.valueOf(age)
                                                .multiply(BigInteger.valueOf(HALF_LIFE_STEPS))
                                                .divide(BigInteger.valueOf(halfLifeMillis)))
                        .map(
                                steps ->
                                        steps.compareTo(BigInteger.valueOf(DECAY.size())) < 0
                                                ? DECAY.get(steps.intValueExact())
                                                : BigInteger.ZERO)
                        .toList();
        return sum(weights).signum() > 0 ? weights : onlyAt(0, ages.size());
    }

    /** floor(2 ^ (40 - steps / 64)): the largest whole w with w^64 at most 2^(40 * 64 - steps). */
    private static BigInteger decayed(int steps) {
        BigInteger power = BigInteger.ONE.shiftLeft(WHOLE_BITS * HALF_LIFE_STEPS - steps);
        BigInteger weight = BigInteger.ZERO;
        for (int bit = WHOLE_BITS; bit >= 0; bit--) {
            BigInteger larger = weight.setBit(bit);
            if (larger.pow(HALF_LIFE_STEPS).compareTo(power) <= 0) {
                weight = larger;
            }
        }
        return weight;
    }

    /**
     * Whole parts of an amount in the proportion of the weights, which sum to it: every exact share
     * rounded down, and what is left given out one by one, the largest remainder first, of equal
     * ones the first in order.
     */
    static List<Long> parts(long amount, List<BigInteger> weights) {
        BigInteger sum = sum(weights);
        List<Long> parts = new ArrayList<>();
        List<BigInteger> remainders = new ArrayList<>();
        long left = amount;
        for (BigInteger weight : weights) {
            BigInteger[] share =
                    BigInteger.valueOf(amount).multiply(weight).divideAndRemainder(sum);
            parts.add(share[0].longValueExact());
            remainders.add(share[1]);
            left -= share[0].longValueExact();
        }
        IntStream.range(0, parts.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> remainders.get(i)).reversed())
                .limit(left)
                .forEach(i -> parts.set(i, parts.get(i) + 1));
        return parts;
    }

    private static BigInteger sum(List<BigInteger> numbers) {
        return numbers.stream().reduce(BigInteger.ZERO, BigInteger::add);
    }
}
