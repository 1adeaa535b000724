package io.sealroom.privacy.dp;

import io.sealroom.schemas.policy.Loss;
import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.Metric;
import java.math.BigInteger;

/**
 * Rows of a query that share a sensitivity, and with it a noise and a part of the charge.
 *
 * @param metric metric of its rows
 * @param sensitivity what one identifier can change, in the unit of the rows
 * @param loss what all its rows of one epoch may tell about one identifier
 * @param threshold least noisy count that is shown, in the unit of the count row
 */
public record Family(Metric metric, Sensitivity sensitivity, Loss loss, BigInteger threshold) {

    /** The noise of each of its rows. */
    public Noise noise() {
        Rational amount = Rational.of(loss.amount());
        return switch (loss.measure()) {
            case EPSILON -> sensitivity.laplace(amount);
            case RHO -> sensitivity.gaussian(amount);
        };
    }

    /** Its part of the charge of the query and epoch, zCDP micro-rho. */
    public BigInteger microRho() {
        return Charge.microRho(loss);
    }

    /** Its entry in the release hash. */
    public MechanismEntry mechanism() {
        Noise noise = noise();
        return new MechanismEntry(
                metric,
                noise.mechanism(),
                noise.parameter().numerator(),
                noise.parameter().denominator(),
                threshold);
    }
}
