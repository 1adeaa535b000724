package io.sealroom.privacy.dp;

import io.sealroom.schemas.policy.Loss;
import java.math.BigInteger;

/**
 * What releases cost, in the ledger's unit: zCDP micro-rho. Always rounded up, so that the ledger
 * never shows less than what was spent. zCDP adds up: a query and epoch cost the sum over the
 * families, each rounded up before the sum, so that the parts a policy prints add up to the whole.
 */
public final class Charge {

    private static final Rational MICRO = Rational.of(1_000_000, 1);
    private static final Rational TWO = Rational.of(2, 1);

    private Charge() {}

    /** The charge of one family. */
    public static BigInteger microRho(Loss loss) {
        Rational amount = Rational.of(loss.amount());
        Rational rho =
                switch (loss.measure()) {
                    // Pure epsilon-DP implies (epsilon^2 / 2)-zCDP (Bun, Steinke 2016,
                    // Proposition 1.4).
                    case EPSILON -> amount.times(amount).dividedBy(TWO);
                    case RHO -> amount;
                };
        return rho.times(MICRO).ceiling();
    }
}
