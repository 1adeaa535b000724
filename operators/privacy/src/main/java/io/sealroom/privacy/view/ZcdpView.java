package io.sealroom.privacy.view;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * What a charge of the ledger means in the measure that people know: rho-zCDP as (epsilon,
 * delta)-differential privacy.
 */
public final class ZcdpView {

    /** Digits of an epsilon after the point. */
    public static final int DECIMALS = 4;

    private static final double MICRO = 1e6;

    /** Of the orders tried, as ln(alpha - 1): far beyond the best one of any charge there is. */
    private static final double SEARCH = 80;

    private static final int STEPS = 250;

    /** Far more than what rounding adds to a sum of five terms, as a part of their magnitudes. */
    private static final double ROUNDING = 1e-13;

    private ZcdpView() {}

    /**
     * The smallest epsilon that is shown to hold at delta, rounded up.
     *
     * <p>Canonne, Kamath, Steinke 2020, Corollary 13: rho-zCDP is (epsilon, delta)-DP with delta =
     * exp((alpha - 1)(alpha rho - epsilon)) / (alpha - 1) * (1 - 1/alpha)^alpha, for every alpha
     * above 1. Whatever order a search ends at, the epsilon is therefore one that holds.
     *
     * @param microRho zCDP micro-rho, not negative
     * @param delta above 0 and below 1
     * @throws IllegalArgumentException for any other
     */
    public static BigDecimal epsilon(BigInteger microRho, double delta) {
        if (microRho.signum() < 0) {
            throw new IllegalArgumentException("microRho must not be negative, got " + microRho);
        }
        if (!(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException("delta must be above 0 and below 1, got " + delta);
        }
        if (microRho.signum() == 0) {
            return BigDecimal.ZERO.setScale(DECIMALS);
        }
        double rho = microRho.doubleValue() / MICRO;
        double logInverse = -StrictMath.log(delta);
        // For each epsilon, ln delta is convex in alpha. So the orders that reach a delta with an
        // epsilon are an interval, and epsilon falls towards the best order and rises after it.
        double low = -SEARCH;
        double high = SEARCH;
        for (int i = 0; i < STEPS; i++) {
            double third = (high - low) / 3;
            if (at(low + third, rho, logInverse) < at(high - third, rho, logInverse)) {
                high -= third;
            } else {
                low += third;
            }
        }
        return new BigDecimal(Math.max(0, at(low, rho, logInverse)))
                .setScale(DECIMALS, RoundingMode.CEILING);
    }

    /** Corollary 13 solved for epsilon, at alpha = 1 + exp(t); not below the exact number. */
    private static double at(double t, double rho, double logInverse) {
        double above = StrictMath.exp(t);
        double logAlpha = StrictMath.log1p(above);
        double order = rho + above * rho;
        double tail = (logInverse - logAlpha) / above;
        // ln(1 - 1/alpha) = ln(alpha - 1) - ln(alpha).
        double magnitude = order + Math.abs(t) + logAlpha + (logInverse + logAlpha) / above;
        return order + t - logAlpha + tail + ROUNDING * magnitude;
    }
}
