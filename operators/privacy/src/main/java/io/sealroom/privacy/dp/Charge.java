package io.sealroom.privacy.dp;

import java.math.BigInteger;
import java.util.Collection;

/**
 * What releases cost, in the ledger's unit: zCDP micro-rho. Always rounded up, so that the ledger
 * never shows less than what was spent.
 */
public final class Charge {

    private static final Rational MICRO = Rational.of(1_000_000, 1);
    private static final Rational TWO = Rational.of(2, 1);

    private Charge() {}

    /**
     * The charge of one family.
     *
     * @throws IllegalArgumentException if epsilon is not positive
     */
    public static BigInteger microRho(Rational epsilon) {
        Sensitivity.requirePositive(epsilon);
        // Pure epsilon-DP implies (epsilon^2 / 2)-zCDP (Bun, Steinke 2016, Proposition 1.4).
        return epsilon.times(epsilon).dividedBy(TWO).times(MICRO).ceiling();
    }

    /**
     * The charge of one query and epoch: zCDP adds up over families. Each family is rounded up
     * before the sum, so that the parts a policy prints add up to the whole.
     *
     * @param epsilons one for each family that is released
     */
    public static BigInteger microRho(Collection<Rational> epsilons) {
        BigInteger sum = BigInteger.ZERO;
        for (Rational epsilon : epsilons) {
            sum = sum.add(microRho(epsilon));
        }
        return sum;
    }
}
