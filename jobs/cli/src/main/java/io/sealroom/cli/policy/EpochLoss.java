package io.sealroom.cli.policy;

import io.sealroom.privacy.dp.Family;
import io.sealroom.privacy.view.ZcdpView;
import io.sealroom.schemas.policy.Loss;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/**
 * What several families tell about one identifier in an epoch, together.
 *
 * @param microRho of all of them, as the ledger books it
 * @param epsilon sum of those that have one
 * @param gaussianMicroRho of the others: part of {@code microRho}
 */
record EpochLoss(BigInteger microRho, BigDecimal epsilon, BigInteger gaussianMicroRho) {

    /**
     * A loss as people know it.
     *
     * @param epsilon rounded up
     * @param pure whether it holds at a delta of 0
     */
    record Epsilon(BigDecimal epsilon, boolean pure) {}

    static EpochLoss of(List<Family> families) {
        BigInteger microRho = BigInteger.ZERO;
        BigDecimal epsilon = BigDecimal.ZERO;
        BigInteger gaussian = BigInteger.ZERO;
        for (Family family : families) {
            microRho = microRho.add(family.microRho());
            if (family.loss().measure() == Loss.Measure.EPSILON) {
                epsilon = epsilon.add(family.loss().amount());
            } else {
                gaussian = gaussian.add(family.microRho());
            }
        }
        return new EpochLoss(microRho, epsilon, gaussian);
    }

    /**
     * After so many epochs, at delta: the smaller of two bounds that both hold. Either all of it is
     * composed as zCDP; or the pure epsilons are added up, and to them what zCDP says of the rest.
     */
    Epsilon after(long epochs, BigDecimal delta) {
        BigInteger times = BigInteger.valueOf(epochs);
        BigDecimal composed = ZcdpView.epsilon(microRho.multiply(times), delta.doubleValue());
        BigDecimal added =
                epsilon.multiply(BigDecimal.valueOf(epochs))
                        .add(
                                ZcdpView.epsilon(
                                        gaussianMicroRho.multiply(times), delta.doubleValue()))
                        .setScale(ZcdpView.DECIMALS, RoundingMode.CEILING);
        return added.compareTo(composed) <= 0
                ? new Epsilon(added, gaussianMicroRho.signum() == 0)
                : new Epsilon(composed, false);
    }
}
