package io.sealroom.privacy.dp;

import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.Metric;
import java.math.BigInteger;

/**
 * Rows of a query that share a sensitivity, and with it a noise and a part of the charge.
 *
 * @param metric metric of its rows
 * @param sensitivity what one identifier can change, in the unit of the rows
 * @param epsilon pure differential privacy of all its rows of one epoch
 * @param threshold least noisy count that is shown, in the unit of the count row
 */
public record Family(
        Metric metric, Sensitivity sensitivity, Rational epsilon, BigInteger threshold) {

    /** The noise of each of its rows. */
    public DiscreteLaplace noise() {
        return sensitivity.laplace(epsilon);
    }

    /** Its entry in the release hash. */
    public MechanismEntry mechanism() {
        Rational scale = noise().scale();
        return new MechanismEntry(
                metric,
                MechanismEntry.DISCRETE_LAPLACE,
                scale.numerator(),
                scale.denominator(),
                threshold);
    }
}
