package io.sealroom.privacy.dp;

import java.math.BigInteger;

/**
 * How much one identifier can change all released rows of one family in one epoch. Neighbouring
 * inputs differ in ALL records of one identifier at any non-empty subset of partners. The caps that
 * make these numbers true are {@code io.sealroom.privacy.overlap.OverlapCaps} and {@code
 * io.sealroom.privacy.attribution.OwnTokenCap}.
 *
 * @param l1 D1: in L1 norm, positive, in the unit of the family's rows
 * @param l2Squared D2 squared: in L2 norm, squared, positive; an integer where D2 is not
 */
public record Sensitivity(BigInteger l1, BigInteger l2Squared) {

    /** Count rows are in millionths of a conversion, so that credit can be split exactly. */
    public static final BigInteger MICRO_UNITS = BigInteger.valueOf(1_000_000);

    /**
     * @throws IllegalArgumentException if one is not positive, or D2 is above D1
     */
    public Sensitivity {
        if (l1.signum() <= 0 || l2Squared.signum() <= 0) {
            throw new IllegalArgumentException("l1 and l2Squared must be positive");
        }
        if (l2Squared.compareTo(l1.multiply(l1)) > 0) {
            throw new IllegalArgumentException("l2Squared must be at most l1 squared");
        }
    }

    /** Overlap total of a query. */
    public static Sensitivity overlapTotal(int windowsMax) {
        // A token adds 1 to the total of at most W windows of an epoch; without the records of a
        // named partner it adds to none. So at most W rows change, each by 1.
        return ones(positive("windowsMax", windowsMax));
    }

    /** Reach of one partner. */
    public static Sensitivity reach(int windowsMax) {
        // As the total: 1 in at most W windows, which depend on this partner's records alone.
        return ones(positive("windowsMax", windowsMax));
    }

    /** Overlap per cell. */
    public static Sensitivity overlapCells(int windowsMax, int cellsMax) {
        // A token adds 1 to at most L0 cells in each of at most W windows; if any named partner's
        // records go, to none. So at most W * L0 rows change, each by 1.
        return ones(positive("windowsMax", windowsMax).multiply(positive("cellsMax", cellsMax)));
    }

    /**
     * Attributed count, in millionths.
     *
     * @param lookbackEpochs K: 0, or 1 if touches of the epoch before count too
     */
    public static Sensitivity attributedCount(int conversionsMax, int lookbackEpochs) {
        return attributed(positive("conversionsMax", conversionsMax), MICRO_UNITS, lookbackEpochs);
    }

    /**
     * Attributed value, in minor units.
     *
     * @param lookbackEpochs K: 0, or 1 if touches of the epoch before count too
     */
    public static Sensitivity attributedValue(
            int conversionsMax, long valueMax, int lookbackEpochs) {
        // As the count with the whole of a conversion worth V instead of 10^6: values are clamped
        // to [0, V].
        return attributed(
                positive("conversionsMax", conversionsMax),
                positive("valueMax", valueMax),
                lookbackEpochs);
    }

    private static Sensitivity attributed(
            BigInteger conversions, BigInteger whole, int lookbackEpochs) {
        // A token has at most C conversions in an epoch, each with credits that sum to the whole of
        // it. If the converting partner's records go, the rows lose at most C wholes. If only
        // touches go, each conversion's credit leaves its cells and appears elsewhere, UNATTRIBUTED
        // included: at most 2 wholes of change each. In L2 the worst is one row that loses all C
        // and one that gains them.
        BigInteger all = conversions.multiply(whole);
        BigInteger squared = all.multiply(all);
        return switch (lookbackEpochs) {
            case 0 ->
                    new Sensitivity(all.multiply(BigInteger.TWO), squared.multiply(BigInteger.TWO));
            // The token's older slot meets conversions of up to C others, each of which changes by
            // 2 wholes; and with its own C conversions go their places in other tokens' older
            // slots: the derivation is in PRIVACY.md.
            case 1 ->
                    new Sensitivity(
                            all.multiply(BigInteger.valueOf(5)),
                            squared.multiply(BigInteger.valueOf(13)));
            default ->
                    throw new IllegalArgumentException(
                            "lookbackEpochs must be 0 or 1, got " + lookbackEpochs);
        };
    }

    /**
     * Converters per cell (K = 0 only).
     *
     * @param touchesMax N: touches that share the credit of a conversion; 1 where one takes all
     */
    public static Sensitivity converters(int touchesMax, int conversionsMax) {
        // A conversion has its person counted in at most N cells, one for each touch with credit.
        // If touches go, it leaves up to N
        // and others take their place: 2 N rows, each by 1.
        return ones(
                BigInteger.TWO
                        .multiply(positive("touchesMax", touchesMax))
                        .multiply(positive("conversionsMax", conversionsMax)));
    }

    /** Tokens that a cap cut: each counts once an epoch. */
    public static Sensitivity caps() {
        return ones(BigInteger.ONE);
    }

    /** So many rows at most, each changed by 1 at most. */
    private static Sensitivity ones(BigInteger rows) {
        return new Sensitivity(rows, rows);
    }

    /**
     * The discrete Laplace noise that makes the family epsilon-differentially private: scale D1 /
     * epsilon.
     *
     * @throws IllegalArgumentException if epsilon is not positive
     */
    public DiscreteLaplace laplace(Rational epsilon) {
        requirePositive("epsilon", epsilon);
        return new DiscreteLaplace(Rational.of(l1).dividedBy(epsilon));
    }

    /**
     * The discrete Gaussian noise that makes the family rho-zCDP: sigma^2 = D2^2 / (2 rho).
     *
     * @throws IllegalArgumentException if rho is not positive
     */
    public DiscreteGaussian gaussian(Rational rho) {
        requirePositive("rho", rho);
        return new DiscreteGaussian(Rational.of(l2Squared).dividedBy(rho.plus(rho)));
    }

    private static void requirePositive(String name, Rational amount) {
        if (amount.signum() <= 0) {
            throw new IllegalArgumentException(name + " must be positive, got " + amount);
        }
    }

    private static BigInteger positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, got " + value);
        }
        return BigInteger.valueOf(value);
    }
}
