package io.sealroom.privacy.dp;

import java.math.BigInteger;

/** The noise of a row: an exact distribution over the integers. */
public sealed interface Noise permits DiscreteLaplace, DiscreteGaussian {

    /** One sample. */
    BigInteger sample(UniformSource source);

    /** Code of the distribution in the release hash. */
    int mechanism();

    /** The parameter that stands in the release hash, in lowest terms and the unit of the row. */
    Rational parameter();
}
