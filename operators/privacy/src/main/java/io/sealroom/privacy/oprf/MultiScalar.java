package io.sealroom.privacy.oprf;

import java.math.BigInteger;
import java.util.List;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/**
 * Sums of many products of public scalars and public points. Time depends on both: no secret may
 * enter.
 *
 * <p>Interleaved windows for few points; for many, buckets (Pippenger), see {@link BucketSum}.
 */
final class MultiScalar {

    /** Where the two cost the same; at 1024 points buckets need half of the windows' time. */
    private static final int BUCKETS_FROM = 100;

    private MultiScalar() {}

    /**
     * {@code sum of scalars[i] * points[i]}.
     *
     * @param points affine, none the identity, at least one
     * @param scalars in [0, n)
     */
    static ECPoint sum(List<ECPoint> points, BigInteger[] scalars) {
        return points.size() < BUCKETS_FROM
                ? ECAlgorithms.sumOfMultiplies(points.toArray(new ECPoint[0]), scalars)
                : BucketSum.of(points, scalars);
    }
}
