package io.sealroom.privacy.dp;

import java.math.BigInteger;

/**
 * How much one identifier can change all released rows of one family in one epoch, in L1 norm.
 * Neighbouring inputs differ in ALL records of one identifier at any non-empty subset of partners.
 * The caps that make these numbers true are {@code io.sealroom.privacy.overlap.OverlapCaps} and
 * {@code io.sealroom.privacy.attribution.OwnTokenCap}; a conversion meets touches of its own epoch
 * only.
 *
 * @param l1 positive, in the unit of the family's rows
 */
public record Sensitivity(BigInteger l1) {

    /** Count rows are in millionths of a conversion, so that credit can be split exactly. */
    public static final BigInteger MICRO_UNITS = BigInteger.valueOf(1_000_000);

    /**
     * @throws IllegalArgumentException if {@code l1} is not positive
     */
    public Sensitivity {
        if (l1.signum() <= 0) {
            throw new IllegalArgumentException("l1 must be positive, got " + l1);
        }
    }

    /** Overlap total of a query. */
    public static Sensitivity overlapTotal(int windowsMax) {
        // A token adds 1 to the total of at most W windows of an epoch; without the records of a
        // named partner it adds to none. So at most W rows change, each by 1.
        return new Sensitivity(positive("windowsMax", windowsMax));
    }

    /** Reach of one partner. */
    public static Sensitivity reach(int windowsMax) {
        // As the total: 1 in at most W windows, which depend on this partner's records alone.
        return new Sensitivity(positive("windowsMax", windowsMax));
    }

    /** Overlap per cell. */
    public static Sensitivity overlapCells(int windowsMax, int cellsMax) {
        // A token adds 1 to at most L0 cells in each of at most W windows; if any named partner's
        // records go, to none. So at most W * L0 rows change, each by 1.
        return new Sensitivity(
                positive("windowsMax", windowsMax).multiply(positive("cellsMax", cellsMax)));
    }

    /** Attributed count, in millionths, with touches of the conversion's own epoch (K = 0). */
    public static Sensitivity attributedCount(int conversionsMax) {
        // A token has at most C conversions in an epoch, each with credits that sum to 10^6. If the
        // converting partner's records go, the rows lose at most C * 10^6. If only touches go, each
        // conversion's credit leaves its cells and appears elsewhere, UNATTRIBUTED included: at
        // most 2 * 10^6 of change each.
        return new Sensitivity(
                BigInteger.TWO
                        .multiply(positive("conversionsMax", conversionsMax))
                        .multiply(MICRO_UNITS));
    }

    /** Attributed value, in minor units (K = 0). */
    public static Sensitivity attributedValue(int conversionsMax, long valueMax) {
        // As the count with the whole of a conversion worth V instead of 10^6: values are clamped
        // to [0, V].
        return new Sensitivity(
                BigInteger.TWO
                        .multiply(positive("conversionsMax", conversionsMax))
                        .multiply(positive("valueMax", valueMax)));
    }

    /**
     * The discrete Laplace noise that makes the family epsilon-differentially private: scale D1 /
     * epsilon.
     *
     * @throws IllegalArgumentException if epsilon is not positive
     */
    public DiscreteLaplace laplace(Rational epsilon) {
        requirePositive(epsilon);
        return new DiscreteLaplace(Rational.of(l1).dividedBy(epsilon));
    }

    static void requirePositive(Rational epsilon) {
        if (epsilon.signum() <= 0) {
            throw new IllegalArgumentException("epsilon must be positive, got " + epsilon);
        }
    }

    private static BigInteger positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, got " + value);
        }
        return BigInteger.valueOf(value);
    }
}
