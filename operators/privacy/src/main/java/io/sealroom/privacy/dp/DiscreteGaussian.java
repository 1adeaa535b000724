package io.sealroom.privacy.dp;

import io.sealroom.schemas.release.MechanismEntry;
import java.math.BigInteger;

/**
 * The discrete Gaussian distribution: P(X = x) proportional to exp(-x^2 / (2 sigma^2)) over the
 * integers. Added to a query of L2 sensitivity D it is D^2 / (2 sigma^2)-zCDP.
 *
 * <p>Exact sampler of Canonne, Kamath and Steinke 2020, Algorithm 3, with the draws of the
 * reference implementation in its order: a discrete Laplace candidate is kept with the probability
 * that makes it Gaussian.
 *
 * @param sigmaSquared positive
 */
public record DiscreteGaussian(Rational sigmaSquared) implements Noise {

    /**
     * @throws IllegalArgumentException if sigma squared is not positive
     */
    public DiscreteGaussian {
        if (sigmaSquared.signum() <= 0) {
            throw new IllegalArgumentException(
                    "sigma squared must be positive, got " + sigmaSquared);
        }
    }

    @Override
    public int mechanism() {
        return MechanismEntry.DISCRETE_GAUSSIAN;
    }

    @Override
    public Rational parameter() {
        return sigmaSquared;
    }

    @Override
    public BigInteger sample(UniformSource source) {
        // floor(sqrt(q)) = floor(sqrt(floor(q))), as squares of integers are integers.
        Rational t = Rational.of(sigmaSquared.floor().sqrt().add(BigInteger.ONE));
        DiscreteLaplace candidates = new DiscreteLaplace(t);
        Rational offset = sigmaSquared.dividedBy(t);
        Rational twice = sigmaSquared.plus(sigmaSquared);
        while (true) {
            BigInteger candidate = candidates.sample(source);
            Rational distance = Rational.of(candidate.abs()).minus(offset);
            if (Bernoulli.exp(distance.times(distance).dividedBy(twice), source)) {
                return candidate;
            }
        }
    }
}
