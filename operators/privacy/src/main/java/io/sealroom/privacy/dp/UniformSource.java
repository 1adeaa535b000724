package io.sealroom.privacy.dp;

import java.math.BigInteger;

/** Where the samplers get their randomness. Two sources that answer alike give the same noise. */
@FunctionalInterface
public interface UniformSource {

    /**
     * An integer uniform in {@code [0, bound)}, independent of every earlier one.
     *
     * @param bound at least 1; with 1 the answer is 0, and is asked for all the same, because the
     *     order of the questions is part of the format
     */
    BigInteger below(BigInteger bound);
}
