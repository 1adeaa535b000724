package io.sealroom.schemas.policy;

import java.math.BigDecimal;

/**
 * How much one family of rows may tell about one identifier in one epoch, and with it which noise
 * it has.
 *
 * @param measure what the amount is measured in
 * @param amount positive, at most 6 decimals
 */
public record Loss(Measure measure, BigDecimal amount) {

    /** The measures of privacy loss, each with its mechanism. */
    public enum Measure {
        /** Pure differential privacy, by discrete Laplace noise. */
        EPSILON,
        /** Zero-concentrated differential privacy, by discrete Gaussian noise. */
        RHO
    }

    /**
     * @throws IllegalArgumentException if the amount is not positive
     */
    public Loss {
        if (amount.signum() <= 0) {
            throw new IllegalArgumentException("amount must be positive, got " + amount);
        }
        // Equal amounts are equal records.
        amount = amount.stripTrailingZeros();
    }

    /** Pure epsilon, a plain decimal. */
    public static Loss epsilon(String decimal) {
        return new Loss(Measure.EPSILON, new BigDecimal(decimal));
    }

    /** zCDP rho, a plain decimal. */
    public static Loss rho(String decimal) {
        return new Loss(Measure.RHO, new BigDecimal(decimal));
    }
}
